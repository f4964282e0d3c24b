import { z } from 'zod'
import type { FlowDetail, FlowPage, FlowRow } from '@/core/flows/flow-row'
import { encryptionEvidences, hops, l7Protocols, protocols, reporters, verdicts } from '@/core/verdict'
import { mirror } from '@/server/mirror'
import { endpointSchema, millis } from './shared'

const rowShape = {
  id: z.string(),
  time: millis,
  from: endpointSchema,
  to: endpointSchema,
  sourcePort: z.number(),
  port: z.number(),
  protocol: z.enum(protocols),
  l7: z.enum(l7Protocols),
  verdict: z.enum(verdicts),
  reason: z.string(),
  encryption: z.enum(encryptionEvidences),
  hop: z.enum(hops).describe('The way between the nodes of both ends at the time.'),
  source: z.string(),
  reporter: z.enum(reporters),
  status: z.number().nullable(),
  latencyMs: z.number().nullable(),
  summary: z.string(),
}

export const flowRowSchema = mirror<FlowRow>()(z.strictObject(rowShape))

export const flowDetailSchema = mirror<FlowDetail>()(
  z.strictObject({
    ...rowShape,
    fields: z.record(z.string(), z.unknown()).describe('Every field that the source gave.'),
  }),
)

export const flowPageSchema = mirror<FlowPage>()(
  z.strictObject({
    rows: z.array(flowRowSchema).describe('Newest first.'),
    before: z.string().nullable().describe('Pass as `before` for the next older page; null at the end.'),
    after: z.string().nullable().describe('Pass as `after` to get the oldest of what is newer.'),
    more: z
      .boolean()
      .describe('There may be more in the direction of the page: older ones, or newer ones with `after`.'),
    searchedTo: millis.nullable().describe('Where the search stopped; null: the whole range was searched.'),
  }),
)
