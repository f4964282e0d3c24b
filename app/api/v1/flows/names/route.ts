import { route } from '@/server/http'
import { flowNamesView } from '@/server/views/flow-names'

export const GET = route(flowNamesView)
