import { changeTeam } from '@/server/changes/change-team'
import { deleteTeam } from '@/server/changes/delete-team'
import { changeRoute } from '@/server/http'

export const PUT = changeRoute(changeTeam)
export const DELETE = changeRoute(deleteTeam)
