import { route } from '@/server/http'
import { flowView } from '@/server/views/flow'

export const GET = route(flowView)
