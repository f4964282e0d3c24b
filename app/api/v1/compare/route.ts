import { route } from '@/server/http'
import { compareView } from '@/server/views/compare'

export const GET = route(compareView)
