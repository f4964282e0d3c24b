import { createTeam } from '@/server/changes/create-team'
import { changeRoute, route } from '@/server/http'
import { teamsView } from '@/server/views/teams'

export const GET = route(teamsView)
export const POST = changeRoute(createTeam)
