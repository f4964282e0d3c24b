import { z } from 'zod'
import { change } from '@/server/change'
import { mustBePerson } from './may-administer'

/** Notes that somebody is themselves again. */
export const endTeamView = change({
  name: 'endTeamView',
  method: 'DELETE',
  path: 'team-view',
  summary: 'Notes that you no longer look on as a member of a team.',
  audit: 'team-view.ended',
  withoutRole: true,
  input: z.strictObject({}),
  answer: z.strictObject({ team: z.string().nullable() }),
  run: async (_, actor) => {
    mustBePerson(actor)
    const { viewAs } = actor.asker
    actor.note({ target: viewAs ?? '' })
    return { team: viewAs }
  },
})
