import { route } from '@/server/http'
import { auditView } from '@/server/views/audit'

export const GET = route(auditView)
