import { route } from '@/server/http'
import { auditEntryView } from '@/server/views/audit-entry'

export const GET = route(auditEntryView)
