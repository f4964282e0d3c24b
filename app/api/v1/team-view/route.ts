import { beginTeamView } from '@/server/changes/begin-team-view'
import { endTeamView } from '@/server/changes/end-team-view'
import { changeRoute } from '@/server/http'

export const PUT = changeRoute(beginTeamView)
export const DELETE = changeRoute(endTeamView)
