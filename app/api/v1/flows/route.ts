import { route } from '@/server/http'
import { flowsView } from '@/server/views/flows'

export const GET = route(flowsView)
