import { endSession } from '@/server/changes/end-session'
import { changeRoute } from '@/server/http'

export const DELETE = changeRoute(endSession)
