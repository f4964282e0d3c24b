import { z } from 'zod'
import type { HeatMap } from '@/core/series/heat-map'
import { mirror } from '@/server/mirror'
import { millis, sourceGapSchema, windowSchema } from './shared'

export const heatMapSchema = mirror<HeatMap>()(
  z.strictObject({
    window: windowSchema,
    stepMs: z.number(),
    t: z.array(millis).describe('Start of each column.'),
    rows: z
      .array(z.strictObject({ low: z.number(), high: z.number().nullable().describe('null: no upper bound.') }))
      .describe('Ranges of latency in milliseconds, the shortest first; at most 40.'),
    counts: z
      .array(z.array(z.number()).nullable())
      .describe('Responses per column and row; null where nothing is known of the step.'),
    responses: z.number(),
    slowFrom: z.number().describe('Milliseconds from which on a response is slow.'),
    gaps: z.array(sourceGapSchema),
  }),
)
