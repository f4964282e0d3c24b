import { z } from 'zod'
import type { EncryptionTrend } from '@/core/encryption/build-trend'
import type { EdgeProof } from '@/core/encryption/edge-proof'
import type { FigureEvidence } from '@/core/encryption/figure-evidence'
import { wayKinds } from '@/core/encryption/join-layers'
import { meshProxies } from '@/core/inventory/inventory-object'
import { encryptionEvidences, hops, l7Protocols, reporters, verdicts } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import {
  amountsSchema,
  basisSchema,
  classSchema,
  configuredSchema,
  coverageSchema,
  edgeShape,
  evidenceSchema,
  mendSchema,
  unitSchema,
} from './encryption-parts'
import { known, millis, sourceGapSchema, windowSchema } from './shared'

export const figureEvidenceSchema = mirror<FigureEvidence>()(
  z.strictObject({
    window: windowSchema,
    unit: unitSchema,
    amounts: amountsSchema,
    coverage: coverageSchema,
    parts: z
      .array(
        z.strictObject({
          class: classSchema,
          basis: basisSchema,
          witnesses: z.array(z.string()),
          amount: z.number(),
          edges: z.number(),
        }),
      )
      .describe('By class, certainty and witnesses, most first.'),
    edges: z
      .array(z.strictObject({ ...edgeShape, amounts: amountsSchema, amount: z.number() }))
      .describe('Most first, the first 100.'),
    edgeCount: z.number(),
  }),
)

const podsSchema = z
  .array(
    z.strictObject({
      node: z.string(),
      proxy: z.enum(meshProxies),
      hostNetwork: z.boolean(),
      share: z.number().describe('Of the end’s pod-time, 0 to 1.'),
      keys: z.enum(['wireguard', 'ipsec', 'none', 'unknown']),
    }),
  )
  .nullable()
  .describe('null: not known, or outside of every cluster.')

export const edgeProofSchema = mirror<EdgeProof>()(
  z.strictObject({
    ...edgeShape,
    window: windowSchema,
    units: z.strictObject({
      requests: evidenceSchema.nullable(),
      connections: evidenceSchema.nullable(),
      bytes: evidenceSchema.nullable(),
      flows: evidenceSchema.nullable().describe('Flow events: no unit of coverage.'),
    }),
    configured: configuredSchema,
    whyPlaintext: z.string(),
    whyUnknown: z.string(),
    mend: mendSchema,
    expectedWay: z
      .partialRecord(z.enum(wayKinds), z.number())
      .nullable()
      .describe('An estimate from where pods were, in no figure.'),
    caller: podsSchema,
    callee: podsSchema,
    told: z.array(
      z.strictObject({
        source: z.string(),
        reporter: z.enum(reporters),
        verdict: z.enum(verdicts),
        reason: z.string(),
        l7: z.enum(l7Protocols),
        encryption: z.enum(encryptionEvidences),
        hop: z.enum(hops),
        requests: known,
        connections: known,
        flows: known,
        bytes: known,
        lastSeen: millis.nullable(),
      }),
    ),
  }),
)

export const trendSchema = mirror<EncryptionTrend>()(
  z.strictObject({
    window: windowSchema,
    stepMs: z.number(),
    unit: unitSchema,
    t: z.array(millis),
    coverage: z.array(coverageSchema),
    gaps: z.array(sourceGapSchema),
  }),
)
