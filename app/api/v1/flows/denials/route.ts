import { route } from '@/server/http'
import { flowDenialsView } from '@/server/views/flow-denials'

export const GET = route(flowDenialsView)
