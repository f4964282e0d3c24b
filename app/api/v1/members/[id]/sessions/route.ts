import { endMemberSessions } from '@/server/changes/end-member-sessions'
import { changeRoute } from '@/server/http'

export const DELETE = changeRoute(endMemberSessions)
