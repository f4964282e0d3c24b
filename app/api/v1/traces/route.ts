import { route } from '@/server/http'
import { tracesView } from '@/server/views/traces'

export const GET = route(tracesView)
