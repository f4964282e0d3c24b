import { endOtherSessions } from '@/server/changes/end-other-sessions'
import { changeRoute, route } from '@/server/http'
import { sessionsView } from '@/server/views/sessions'

export const GET = route(sessionsView)
export const DELETE = changeRoute(endOtherSessions)
