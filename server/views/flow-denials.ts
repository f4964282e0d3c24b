import { z } from 'zod'
import { type Denials } from '@/core/flows/denials'
import { parseFilter } from '@/core/filter/filter-parse'
import { protocols, reporters, verdicts } from '@/core/verdict'
import { loadDenials } from '@/server/denials'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { recordParams } from './record-params'
import { endpointSchema, millis, windowSchema } from './schemas/shared'

const step = z.strictObject({
  outcome: z.enum(['allowed', 'denied', 'audited', 'passed', 'staged', 'unknown']),
  text: z.string(),
  policy: z.strictObject({ kind: z.string(), namespace: z.string(), name: z.string() }).optional(),
})

const answer = mirror<Denials>()(
  z.strictObject({
    window: windowSchema,
    denials: z
      .array(
        z.strictObject({
          id: z.string(),
          from: endpointSchema,
          to: endpointSchema,
          port: z.number(),
          protocol: z.enum(protocols),
          verdict: z.enum(verdicts),
          reason: z.string(),
          source: z.string(),
          reporter: z.enum(reporters),
          way: z.enum(['out', 'in']).nullable().describe('Which way it was refused, from the caller’s side.'),
          count: z.number(),
          firstSeen: millis,
          lastSeen: millis,
          spark: z
            .array(z.number().nullable())
            .describe(
              'How many in each step of the window; null where none is known of a step that was not recorded, or is not over.',
            ),
          cause: z.array(step).describe('What decided, in sentences.'),
          advice: z.string(),
          record: z.string().nullable().describe('Id of a record to look at; null where none is kept.'),
        }),
      )
      .describe('Most first.'),
    more: z.number().describe('Causes beyond those listed.'),
    stepMs: z.number(),
  }),
)

/** Why was it denied? */
export const flowDenialsView = view({
  name: 'flowDenials',
  path: 'flows/denials',
  summary: 'What was denied or would have been, grouped by cause: who, to whom, which way, by which policy.',
  params: recordParams({}),
  answer,
  maxAgeMs: 10_000,
  settle: (params) => settleWindow(params),
  load: ({ q, ...question }, scope) => loadDenials({ ...question, filter: parseFilter(q).filter }, scope),
  render: (denials) => denials,
})
