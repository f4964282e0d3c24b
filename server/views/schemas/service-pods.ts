import { z } from 'zod'
import type { ServicePods } from '@/core/services/service-pods'
import { mirror } from '@/server/mirror'
import { known, millis, windowSchema } from './shared'

export const servicePodsSchema = mirror<ServicePods>()(
  z.strictObject({
    window: windowSchema,
    known: z.boolean().describe('False where no inventory is read.'),
    pods: z.array(
      z.strictObject({
        name: z.string(),
        node: z.string(),
        ip: z.string(),
        phase: z.string(),
        ready: z.boolean().nullable().describe('As its EndpointSlices say; null where none names it.'),
        startedAt: millis,
        endedAt: millis.nullable().describe('null: it is still there.'),
        version: z.string(),
        restarts: z
          .strictObject({
            total: z.number(),
            inWindow: z.number(),
            reason: z.string().describe('Of the newest; empty without any.'),
            at: millis.nullable(),
          })
          .describe('Of its containers, as of the end of the window.'),
        traffic: z
          .strictObject({ records: z.number(), serverErrors: z.number(), p95: known.describe('Milliseconds.') })
          .nullable(),
      }),
    ),
    total: z.number(),
    ready: known,
    versions: z.array(z.string()),
    sample: z
      .strictObject({ source: z.string(), records: z.number() })
      .nullable()
      .describe('Who told the traffic of pods, and of how many raw records.'),
    policies: z
      .array(z.strictObject({ kind: z.string(), name: z.string(), ingress: z.boolean(), egress: z.boolean() }))
      .describe('NetworkPolicies that select its pods, and which directions each isolates.'),
    isolated: z.strictObject({ ingress: z.boolean(), egress: z.boolean() }),
  }),
)
