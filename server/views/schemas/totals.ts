import { z } from 'zod'
import type { Totals } from '@/core/graph/build-totals'
import { mirror } from '@/server/mirror'
import { known, millis, sourceGapSchema, windowSchema } from './shared'

const values = z.array(known).describe('One value per step; null in a gap or where unknown.')

export const totalsSchema = mirror<Totals>()(
  z.strictObject({
    window: windowSchema,
    stepMs: z.number(),
    t: z.array(millis),
    flowRate: values,
    requestRate: values,
    errorRatio: values,
    deniedRate: values,
    gaps: z.array(sourceGapSchema),
    firstData: millis.nullable().describe('Start of the oldest data that is kept.'),
  }),
)
