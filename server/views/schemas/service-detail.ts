import { z } from 'zod'
import type { ServiceDetail } from '@/core/services/service-detail'
import { l7Protocols, protocols } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { edgeEncryptionSchema } from './edge-encryption'
import { nodeNameShape } from './graph'
import { seriesSchema } from './series'
import {
  endpointSchema,
  figuresSchema,
  freshnessSchema,
  healthSchema,
  known,
  millis,
  sourceGapSchema,
  windowSchema,
} from './shared'

const teller = z.string().nullable()

const edgeSchema = z.strictObject({
  id: z.string().describe('Id of the edge on the map.'),
  key: z.string().describe('Id of the other end.'),
  other: endpointSchema,
  port: z.number(),
  protocol: z.enum(protocols),
  l7: z.enum(l7Protocols),
  health: healthSchema,
  why: z.string(),
  figures: figuresSchema,
  share: known.describe('Of the requests in its direction, 0 to 1; of the flows where no edge has requests.'),
  encryption: edgeEncryptionSchema,
  blame: z
    .strictObject({ errors: known, latency: known, exact: z.boolean() })
    .nullable()
    .describe('Of a callee: its share, 0 to 1, of the errors and of the time of what comes in.'),
  told: z
    .strictObject({ requests: teller, responses: teller, flows: teller, connections: teller, bytes: teller })
    .describe('Who told each figure; null where nobody knows it.'),
  passedOver: z.array(z.string()),
})

const sideSchema = z.strictObject({ mean: z.number(), p95: z.number() }).nullable().describe('Milliseconds.')

const sidesSchema = z.strictObject({
  client: sideSchema,
  server: sideSchema,
  network: known.describe('Mean milliseconds between the two sides.'),
  by: z.strictObject({ client: z.string(), server: z.string() }).nullable(),
  t: z.array(millis),
  clientP95: z.array(known),
  serverP95: z.array(known),
})

const timeSchema = z.strictObject({
  requestMs: z.number().describe('Mean latency of what comes in.'),
  ownMs: known.describe('What is left when the callees’ time is taken off; null where their calls overlap.'),
  callees: z.array(
    z.strictObject({
      key: z.string(),
      other: endpointSchema,
      port: z.number(),
      perRequestMs: z.number(),
      callsPerRequest: z.number(),
      exact: z.boolean().describe('False where the number of calls per request was guessed as one.'),
      p95: z.number(),
    }),
  ),
  untold: z.array(endpointSchema).describe('Callees of which nobody tells a latency.'),
})

const refusalSchema = z.strictObject({
  edge: z.string(),
  other: endpointSchema,
  direction: z.enum(['incoming', 'outgoing']),
  port: z.number(),
  verdict: z.enum(['denied', 'error', 'audited']),
  reason: z.string().describe('In the source’s own term.'),
  events: z.number(),
})

const onsetSchema = z
  .strictObject({
    at: millis,
    atLeast: z.boolean().describe('It was high when the looking began.'),
    earliest: millis.nullable(),
    until: millis.nullable().describe('End of the last high step; null where it goes on.'),
    before: known,
    after: z.number(),
  })
  .nullable()

export const serviceDetailSchema = mirror<ServiceDetail>()(
  z.strictObject({
    ...nodeNameShape,
    role: z.enum(['gateway', 'waypoint']).nullable(),
    health: healthSchema,
    why: z.string(),
    window: windowSchema,
    presence: z.enum(['traffic', 'idle', 'absent']).describe('absent: neither traffic nor the inventory names it.'),
    services: z.array(z.string()),
    pods: known,
    incoming: figuresSchema.nullable(),
    outgoing: figuresSchema.nullable(),
    previous: figuresSchema.nullable().describe('What came in over the window before.'),
    seriesOf: z.enum(['incoming', 'outgoing']),
    series: seriesSchema,
    callers: z.array(edgeSchema).describe('The unwell and the strongest first, at most 200.'),
    callees: z.array(edgeSchema),
    total: z.strictObject({ callers: z.number(), callees: z.number() }),
    encryption: edgeEncryptionSchema,
    sides: sidesSchema,
    time: timeSchema.nullable(),
    refusals: z.array(refusalSchema),
    onsets: z
      .strictObject({ errors: onsetSchema, p95: onsetSchema })
      .describe('Since when errors (a share) and p95 (milliseconds) are higher than before.'),
    links: z.array(z.strictObject({ title: z.string(), url: z.string() })).describe('To other tools, as configured.'),
    behind: z.array(endpointSchema).describe('Of a Service: the workloads behind it.'),
    gaps: z.array(sourceGapSchema),
    sources: z.array(freshnessSchema),
  }),
)
