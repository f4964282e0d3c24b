import { route } from '@/server/http'
import { teamMatchesView } from '@/server/views/team-matches'

export const GET = route(teamMatchesView)
