import { route } from '@/server/http'
import { teamSightView } from '@/server/views/team-sight'

export const GET = route(teamSightView)
