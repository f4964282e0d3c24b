import { revokeToken } from '@/server/changes/revoke-token'
import { changeRoute } from '@/server/http'

export const DELETE = changeRoute(revokeToken)
