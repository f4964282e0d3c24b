import { z } from 'zod'
import { change } from '@/server/change'
import { endOtherSessions as endOthers } from '@/server/db/access/end-other-sessions'
import { database } from '@/server/database'
import { announceAccess } from '@/server/rights'
import { mustBePerson } from './may-administer'

/** Ends all of one's own sessions but this one. */
export const endOtherSessions = change({
  name: 'endOtherSessions',
  method: 'DELETE',
  path: 'sessions',
  summary: 'Ends all of your own sessions but the one that asks.',
  audit: 'session.all-ended',
  withoutRole: true,
  input: z.strictObject({}),
  answer: z.strictObject({ ended: z.number() }),
  run: async (_, actor) => {
    const session = mustBePerson(actor)
    const { account } = actor.asker
    actor.note({ target: `${account.name}, all but this one` })
    const ended = await endOthers(database(), account.id, session)
    actor.note({ after: { ended } })
    await announceAccess()
    return { ended }
  },
})
