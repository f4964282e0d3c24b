import { route } from '@/server/http'
import { marksView } from '@/server/views/marks'

export const GET = route(marksView)
