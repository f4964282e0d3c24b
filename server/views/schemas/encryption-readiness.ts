import { z } from 'zod'
import { peerModes } from '@/core/encryption/intent-spec'
import { type EncryptionReadiness, readinessStates } from '@/core/encryption/readiness'
import { mirror } from '@/server/mirror'
import { mendSchema } from './encryption-parts'
import { windowSchema } from './shared'

export const encryptionReadinessSchema = mirror<EncryptionReadiness>()(
  z.strictObject({
    looked: windowSchema.describe('What was looked at: up to a month, as far as there is data.'),
    rows: z
      .array(
        z.strictObject({
          cluster: z.string(),
          namespace: z.string(),
          mode: z.enum(peerModes),
          state: z.enum(readinessStates),
          words: z.string(),
          edges: z.array(z.string()).describe('Ids, the last seen first.'),
          seen: windowSchema.nullable().describe('Where the first of them was seen last.'),
          mend: mendSchema,
        }),
      )
      .describe('Whether namespaces of an Istio mesh could refuse plaintext, worst first.'),
  }),
)
