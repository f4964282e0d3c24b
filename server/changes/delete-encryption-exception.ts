import { z } from 'zod'
import { isWithinScope } from '@/core/encryption/exception-scope'
import { change } from '@/server/change'
import { database } from '@/server/database'
import { deleteEncryptionException as remove } from '@/server/db/encryption/delete-encryption-exception'
import { readEncryptionExceptions } from '@/server/db/encryption/read-encryption-exceptions'
import { AppError } from '@/server/errors'

/** Ends an exception at once. */
export const deleteEncryptionException = change({
  name: 'deleteEncryptionException',
  method: 'DELETE',
  path: 'encryption/exceptions/{id}',
  summary: 'Deletes an exception from encryption: its edges are open plaintext again.',
  audit: 'exception.deleted',
  input: z.strictObject({
    id: z.coerce
      .number('give the number of an exception')
      .int()
      .min(1)
      .max(2_147_483_647)
      .describe('The id of its row in the list of exceptions.'),
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, { asker, note }) => {
    note({ target: `exception ${id}` })
    const known = (await readEncryptionExceptions(database())).find((one) => one.id === id)
    const isTheirs = known !== undefined && isWithinScope(known.filter, asker.rights.edits)
    if (isTheirs) note({ target: known.filter, before: known })
    if (!isTheirs || !(await remove(database(), id)))
      throw new AppError('not_found', 'There is no such exception. It may have been deleted already.')
    return { id }
  },
})
