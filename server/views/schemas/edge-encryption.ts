import { z } from 'zod'
import { bases, encryptionClasses } from '@/core/encryption/classes'
import { type EdgeEncryption, encryptionSummaries } from '@/core/encryption/edge-encryption'
import { mirror } from '@/server/mirror'

const sharesSchema = z
  .array(
    z.strictObject({
      class: z.enum(encryptionClasses),
      share: z.number().describe('0 to 1.'),
      basis: z.enum(bases).describe('A witness saw it, it follows from where the pods were, or from what nobody saw.'),
      witnesses: z.array(z.string()).describe('source/reporter of who tells it.'),
    }),
  )
  .nullable()
  .describe('Most first; null where nobody counted this unit.')

export const edgeEncryptionSchema = mirror<EdgeEncryption>()(
  z
    .strictObject({
      summary: z.enum(encryptionSummaries).describe('mixed: a part is encrypted, and a part is not or nobody knows.'),
      units: z.strictObject({ requests: sharesSchema, connections: sharesSchema, bytes: sharesSchema }),
    })
    .describe('What protected the traffic on its way.'),
)
