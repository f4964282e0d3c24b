import { streamRoute } from '@/server/http'
import { policyChangesExportStream } from '@/server/views/policy-changes-export'

export const GET = streamRoute(policyChangesExportStream)
