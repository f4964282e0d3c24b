import { z } from 'zod'
import { change } from '@/server/change'
import { AppError } from '@/server/errors'
import { loadTeams } from '@/server/teams'
import { mustBePerson } from './may-administer'

/** Notes that somebody looks on as a member of a team; a cookie of their browser says which, and only takes rights away. */
export const beginTeamView = change({
  name: 'beginTeamView',
  method: 'PUT',
  path: 'team-view',
  summary:
    'Notes that you look on as a member of a team. The cookie `oriel-view-as` says which; it never gives a right.',
  audit: 'team-view.begun',
  input: z.strictObject({ team: z.string().min(1).max(63) }),
  answer: z.strictObject({ team: z.string() }),
  run: async ({ team }, actor) => {
    actor.note({ target: team })
    mustBePerson(actor)
    const { teams: own } = actor.asker.rights
    const isThere = (await loadTeams()).some(({ name }) => name === team)
    if (!isThere || (own !== null && !own.includes(team))) throw new AppError('not_found', 'There is no such team.')
    return { team }
  },
})
