import { z } from 'zod'
import { longestException } from '@/core/encryption/exception'
import { isWithinScope } from '@/core/encryption/exception-scope'
import { parseFilter } from '@/core/filter/filter-parse'
import { clean } from '@/core/text/text'
import { change } from '@/server/change'
import { database } from '@/server/database'
import { writeEncryptionException } from '@/server/db/encryption/write-encryption-exception'
import { AppError } from '@/server/errors'

const line = (what: string, most: number) =>
  z
    .string()
    .transform((text) => clean(text, 2 * most).trim())
    .pipe(z.string().min(1, `say ${what}`).max(most, `at most ${most} characters`))

/** Says that plaintext on some edges is accepted until a day. It stays visible and counts as plaintext. */
export const addEncryptionException = change({
  name: 'addEncryptionException',
  method: 'POST',
  path: 'encryption/exceptions',
  summary: 'Accepts plaintext on the edges that a filter names, until a day. It still counts as plaintext.',
  audit: 'exception.added',
  input: z.strictObject({
    filter: z
      .string()
      .max(2_000, 'at most 2000 characters')
      .transform((text) => text.trim())
      .superRefine((text, context) => {
        if (text === '') context.addIssue({ code: 'custom', message: 'name the edges, for example from:web to:db' })
        for (const { message } of parseFilter(text).errors) context.addIssue({ code: 'custom', message })
      })
      .describe('In the filter language: from:shop/web to:data/db port:5432.'),
    owner: line('who answers for it', 120).describe('Who answers for it: a team or a person.'),
    reason: line('why it is accepted', 1_000),
    expiresAt: z.number().describe('Milliseconds since the epoch; at most a year ahead.'),
  }),
  answer: z.strictObject({ id: z.number() }),
  run: async (input, { name, asker, note }) => {
    note({ target: input.filter, after: input })
    if (!isWithinScope(input.filter, asker.rights.edits))
      throw new AppError(
        'forbidden',
        'The filter has to name namespaces that you may change, and no others: ns:shop, or from:shop/web to:shop/db.',
      )
    const now = Date.now()
    if (!(input.expiresAt > now)) throw new AppError('invalid', 'expiresAt: choose a day that is still to come.')
    if (input.expiresAt > now + longestException)
      throw new AppError('invalid', 'expiresAt: an exception holds a year at most; renew it then.')
    return { id: await writeEncryptionException(database(), { ...input, createdBy: name, account: asker.account.id }) }
  },
})
