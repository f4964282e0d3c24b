import { undoPolicyChange } from '@/server/changes/undo-policy-change'
import { changeRoute } from '@/server/http'

export const POST = changeRoute(undoPolicyChange)
