import { undoPolicyPlan } from '@/server/changes/undo-policy-plan'
import { changeRoute } from '@/server/http'

export const POST = changeRoute(undoPolicyPlan)
