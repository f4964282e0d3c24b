import { streamRoute } from '@/server/http'
import { auditExportStream } from '@/server/views/audit-export'

export const GET = streamRoute(auditExportStream)
