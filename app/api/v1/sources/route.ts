import { route } from '@/server/http'
import { sourcesView } from '@/server/views/sources'

export const GET = route(sourcesView)
