import { z } from 'zod'
import { change } from '@/server/change'
import { deleteLinksOf } from '@/server/db/links/delete-links-of'
import { database } from '@/server/database'
import { AppError } from '@/server/errors'
import { isOwn } from '@/core/access/owner'

/** Deletes every link of a person: one's own, or as an administrator those of somebody who should share nothing any more. */
export const deleteLinks = change({
  name: 'deleteLinks',
  method: 'DELETE',
  path: 'links/of/{account}',
  summary: 'Deletes all links of one person, live and frozen. They lead nowhere from then on.',
  audit: 'link.deleted',
  input: z.strictObject({
    account: z.coerce
      .number('give the number of an account')
      .int()
      .min(0)
      .max(2_147_483_647)
      .describe('The account of a row in the list of links.'),
  }),
  answer: z.strictObject({ deleted: z.number() }),
  run: async ({ account }, { asker, note }) => {
    if (!isOwn(asker, account)) throw new AppError('forbidden', 'Only administrators delete links of others.')
    note({ target: `all links of account ${account}` })
    return { deleted: await deleteLinksOf(database(), account) }
  },
})
