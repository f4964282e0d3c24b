import { z } from 'zod'
import { type Mark, markChanges, markKinds, type Marks } from '@/core/marks/mark'
import { mirror } from '@/server/mirror'
import { millis } from './shared'

export const markSchema = mirror<Mark>()(
  z.strictObject({
    id: z.string().describe('Stable between refreshes.'),
    at: millis,
    kind: z.enum(markKinds),
    change: z.enum(markChanges),
    cluster: z.string(),
    namespace: z.string(),
    object: z.string().describe('Kind of the Kubernetes object.'),
    name: z.string(),
    from: z
      .string()
      .describe(
        'Version before a deploy, pods wanted before a scaling, or how many restarts of pods; empty where not known.',
      ),
    to: z.string().describe('What it is then; of restarts their reason.'),
  }),
)

export const marksSchema = mirror<Marks>()(
  z.strictObject({
    marks: z.array(markSchema),
    total: z.number().describe('How many there are; of more than 500 the newest are listed.'),
  }),
)
