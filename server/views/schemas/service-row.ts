import { z } from 'zod'
import { encryptionUnits } from '@/core/encryption/classes'
import type { ServiceRow } from '@/core/services/service-row'
import { mirror } from '@/server/mirror'
import { differenceSchema } from './comparison'
import { nodeNameShape } from './graph'
import { figuresSchema, healthSchema, known } from './shared'

export const sparkSchema = z.array(known).describe('At most 30 points over the window; null in gaps.')

export const serviceRowSchema = mirror<ServiceRow>()(
  z.strictObject({
    ...nodeNameShape,
    health: healthSchema,
    why: z.string(),
    team: z.string().nullable().describe('The team of its namespace; null where none is known.'),
    pods: z.number().nullable().describe('Null where the inventory does not know it.'),
    services: z.array(z.string()),
    figures: figuresSchema.nullable(),
    previous: figuresSchema.nullable().describe('The same over the window that is compared with.'),
    differences: z.array(differenceSchema).describe('The worst first.'),
    encrypted: z
      .strictObject({ unit: z.enum(encryptionUnits), least: z.number(), most: z.number() })
      .nullable()
      .describe('Encrypted share of what comes in, 0 to 1, in the unit that most of its edges tell; null: not known.'),
    policies: z.array(z.string()).nullable().describe('NetworkPolicies that select its pods; null where not known.'),
    requestSpark: sparkSchema,
    errorSpark: sparkSchema,
    p95Spark: sparkSchema,
    callers: z.number(),
    callees: z.number(),
  }),
)
