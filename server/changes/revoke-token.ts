import { z } from 'zod'
import { change } from '@/server/change'
import { deleteToken } from '@/server/db/access/delete-token'
import { AppError } from '@/server/errors'
import { announceAccess } from '@/server/rights'
import { mustBePerson } from './may-administer'
import { rowId } from './team-input'
import { ownerSeen } from '@/core/access/owner'

/** Revokes a token: one's own, or as an administrator anybody's. */
export const revokeToken = change({
  name: 'revokeToken',
  method: 'DELETE',
  path: 'tokens/{id}',
  summary: 'Revokes a token at once: one of your own, or as an administrator anybody’s.',
  audit: 'token.deleted',
  withoutRole: true,
  input: z.strictObject({ id: rowId }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, actor) => {
    mustBePerson(actor)
    await actor.together(async (connection) => {
      const name = await deleteToken(connection, id, ownerSeen(actor.asker))
      // Others’ tokens are not there for who may not revoke them.
      if (name === null) throw new AppError('not_found', 'There is no such token. It may have been revoked already.')
      actor.note({ target: name, before: { token: id } })
    })
    await announceAccess()
    return { id }
  },
})
