import { z } from 'zod'
import { differences } from '@/core/compare/compare'
import type { Compared, Comparison } from '@/core/compare/compare-graphs'
import { mirror } from '@/server/mirror'
import { graphEdgeSchema, graphNodeSchema } from './graph'
import { figuresSchema, windowSchema } from './shared'

export const differenceSchema = z
  .enum(differences)
  .describe('unknown: seen in one window only, and who saw it was away in the other.')

const comparedSchema = mirror<Compared>()(
  z.strictObject({
    id: z.string(),
    differences: z.array(differenceSchema).describe('The worst first; empty where nothing but noise differs.'),
    before: figuresSchema.nullable().describe('Of the window that is compared with; null where it was not seen then.'),
  }),
)

export const comparisonSchema = mirror<Comparison>()(
  z.strictObject({
    window: windowSchema.describe('The window that is compared with.'),
    edges: z.array(comparedSchema),
    nodes: z.array(comparedSchema),
    gone: z.strictObject({ edges: z.array(graphEdgeSchema), nodes: z.array(graphNodeSchema) }),
    counts: z.partialRecord(z.enum(differences), z.number()).describe('Edges by difference.'),
  }),
)
