import { z } from 'zod'
import type { Series } from '@/core/series/series'
import { mirror } from '@/server/mirror'
import { known, millis, sourceGapSchema, windowSchema } from './shared'

const values = z.array(known).describe('One value per step; null in a gap or where unknown.')

export const seriesSchema = mirror<Series>()(
  z.strictObject({
    window: windowSchema,
    stepMs: z.number(),
    t: z.array(millis).describe('Start of each step.'),
    flowRate: values,
    connectionRate: values,
    sentRate: values,
    receivedRate: values,
    requestRate: values,
    errorRatio: values,
    p50: values,
    p95: values,
    p99: values,
    deniedRate: values,
    gaps: z.array(sourceGapSchema),
  }),
)
