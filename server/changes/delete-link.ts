import { z } from 'zod'
import { ownerSeen } from '@/core/access/owner'
import { change } from '@/server/change'
import { deleteLink as remove } from '@/server/db/links/delete-link'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'

/** Deletes a link; who follows it from then on is told that it is gone. */
export const deleteLink = change({
  name: 'deleteLink',
  method: 'DELETE',
  path: 'links/{id}',
  summary: 'Deletes a link, with what a frozen one keeps. It leads nowhere from then on.',
  audit: 'link.deleted',
  input: z.strictObject({
    id: z.coerce
      .number('give the number of a link')
      .int()
      .min(1)
      .max(2_147_483_647)
      .describe('The id of its row in the list of links.'),
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async ({ id }, { asker, note }) => {
    note({ target: `link ${id}` })
    if (!(await remove(database(), id, ownerSeen(asker))))
      throw new AppError('not_found', 'There is no such link. It may have been deleted already.')
    return { id }
  },
})
