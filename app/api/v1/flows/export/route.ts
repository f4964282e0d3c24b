import { streamRoute } from '@/server/http'
import { flowExportStream } from '@/server/views/flow-export'

export const GET = streamRoute(flowExportStream)
