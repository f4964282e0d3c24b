import { applyPolicy } from '@/server/changes/apply-policy'
import { changeRoute } from '@/server/http'

export const POST = changeRoute(applyPolicy)
