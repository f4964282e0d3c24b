import { z } from 'zod'
import type { EncryptionException } from '@/core/encryption/exception'
import { isWithinScope } from '@/core/encryption/exception-scope'
import { bothScopes } from '@/core/scope'
import { database } from '@/server/database'
import { readEncryptionExceptions } from '@/server/db/encryption/read-encryption-exceptions'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { pastTheWall } from '@/server/wall'
import { millis } from './schemas/shared'

export const exceptionSchema = mirror<EncryptionException>()(
  z.strictObject({
    id: z.number(),
    filter: z.string().describe('Which edges, in the filter language.'),
    owner: z.string().describe('Who answers for it.'),
    reason: z.string(),
    createdBy: z.string(),
    createdAt: millis,
    expiresAt: millis,
  }),
)

/** Which plaintext is accepted, by whom and until when? Who may see all that a filter names sees the exception. */
export const encryptionExceptionsView = view({
  name: 'encryptionExceptions',
  path: 'encryption/exceptions',
  summary: 'Plaintext that is accepted: which edges, who answers for it, why and until when; expired ones too.',
  quick: true,
  params: z.strictObject({}),
  answer: z.array(exceptionSchema),
  // One that was just made or deleted is to be seen at once.
  maxAgeMs: 0,
  settle: async () => null,
  load: (_, scope) =>
    pastTheWall(
      () => readEncryptionExceptions(database()),
      (all, wall) => all.filter(({ filter }) => isWithinScope(filter, bothScopes(scope, wall))),
    ),
  render: (exceptions) => [...exceptions],
})
