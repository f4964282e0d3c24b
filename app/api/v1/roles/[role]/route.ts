import { changeRole } from '@/server/changes/change-role'
import { changeRoute } from '@/server/http'

export const PUT = changeRoute(changeRole)
