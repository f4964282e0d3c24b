import { z } from 'zod'
import { change } from '@/server/change'
import { endSessions } from '@/server/db/access/end-sessions'
import { readSessions } from '@/server/db/access/read-sessions'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { announceAccess } from '@/server/rights'
import { mustBePerson } from './may-administer'
import { rowId } from './team-input'
import { ownerSeen } from '@/core/access/owner'

/** Ends a session: one's own, or as an administrator anybody's. */
export const endSession = change({
  name: 'endSession',
  method: 'DELETE',
  path: 'sessions/{id}',
  summary: 'Ends a session at once: one of your own, or as an administrator anybody’s.',
  audit: 'session.ended',
  withoutRole: true,
  input: z.strictObject({ id: rowId }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, actor) => {
    mustBePerson(actor)
    const { asker } = actor
    const found = (await readSessions(database(), ownerSeen(asker), 0)).find((one) => one.id === id)
    if (found)
      actor.note({ target: `${found.name}, ${found.address}`, before: { session: id, account: found.account } })
    // Others’ sessions are not there for who may not end them.
    if (!found || (await endSessions(database(), { id })).length === 0)
      throw new AppError('not_found', 'There is no such session. It may have ended already.')
    await announceAccess()
    return { id }
  },
})
