import { z } from 'zod'
import type { Attention } from '@/core/health/attention'
import { blameEnds } from '@/core/health/blame'
import { audits, type Finding, type FindingOnset, type NearChange, severities } from '@/core/findings/finding'
import type { Why } from '@/core/health/why'
import { mirror } from '@/server/mirror'
import { endpointSchema, millis, windowSchema } from './shared'

const onsetSchema = mirror<FindingOnset>()(
  z.strictObject({
    figure: z.enum(['errors', 'p95']).describe('Levels are shares of responses, or milliseconds.'),
    at: millis.describe('Start of the first step that was high.'),
    atLeast: z.boolean().describe('It was high when the looking began.'),
    earliest: millis.nullable().describe('End of the last step known to be usual; a gap lies between it and `at`.'),
    until: millis.nullable().describe('When it was over; null while it goes on.'),
    before: z.number().nullable(),
    after: z.number(),
  }),
)

const changeSchema = mirror<NearChange>()(
  z.strictObject({ at: millis, kind: z.string(), name: z.string(), to: z.string().describe('Version, where known.') }),
)

export const findingSchema = mirror<Finding>()(
  z.strictObject({
    id: z.string().describe('The same as long as it lasts.'),
    audit: z.enum(audits),
    severity: z.enum(severities),
    title: z.string(),
    sentence: z.string(),
    subject: z.string().nullable().describe('Node or edge of the map to look at.'),
    endpoints: z.array(z.string()).describe('endpointKeys of all that it is about.'),
    affected: z
      .array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          health: z.enum(['degraded', 'failing']).nullable().describe('Where it is unwell by its own measure.'),
        }),
      )
      .describe('Nearest to the cause first.'),
    evidence: z.array(z.strictObject({ figure: z.string(), value: z.string(), witness: z.string().nullable() })),
    onset: onsetSchema.nullable(),
    change: changeSchema.nullable().describe('The nearest deploy, restart or policy change before it began.'),
    changesSeen: z.boolean().describe('Whether the absence of a change says anything.'),
  }),
)

export const attentionSchema = mirror<Attention>()(
  z.strictObject({
    window: windowSchema,
    findings: z.array(findingSchema),
    total: z.number(),
    counts: z.strictObject({ failing: z.number(), degraded: z.number(), unknown: z.number(), notice: z.number() }),
    covered: z.number().describe('Share of the window in which any source told anything.'),
    pastMs: z.number().nullable().describe('How long the past is that it was held against.'),
  }),
)

export const whySchema = mirror<Why>()(
  z.strictObject({
    ailment: z.enum(['errors', 'latency']).nullable(),
    sentence: z.string(),
    hops: z.array(z.strictObject({ id: z.string(), from: endpointSchema, to: endpointSchema, share: z.number() })),
    end: z.enum(blameEnds).nullable(),
    exact: z.boolean().describe('False where a share is an estimate.'),
    onset: onsetSchema.nullable(),
    there: onsetSchema.nullable().describe('At the last hop.'),
    change: changeSchema.nullable(),
    changesSeen: z.boolean(),
  }),
)
