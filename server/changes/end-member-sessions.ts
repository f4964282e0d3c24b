import { z } from 'zod'
import { change } from '@/server/change'
import { endSessions } from '@/server/db/access/end-sessions'
import { readAccount } from '@/server/db/access/read-account'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { announceAccess } from '@/server/rights'
import { mayAdminister, mustBePerson } from './may-administer'
import { rowId } from './team-input'

/** Ends all sessions of somebody, who may log in again. */
export const endMemberSessions = change({
  name: 'endMemberSessions',
  method: 'DELETE',
  path: 'members/{id}/sessions',
  summary: 'Ends all sessions of somebody, who may log in again. Tokens stay. Administrators only.',
  audit: 'session.all-ended',
  input: z.strictObject({ id: rowId }),
  answer: z.strictObject({ ended: z.number() }),
  run: async ({ id }, actor) => {
    mayAdminister(actor)
    mustBePerson(actor)
    const account = await readAccount(database(), id)
    if (!account) throw new AppError('not_found', 'There is nobody of this number.')
    actor.note({ target: `${account.name}, all` })
    const ended = (await endSessions(database(), { account: id })).length
    actor.note({ after: { ended } })
    await announceAccess()
    return { ended }
  },
})
