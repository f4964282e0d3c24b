import { z } from 'zod'
import { filterFields, sides } from '@/core/filter/filter-ast'
import { factsOf } from '@/core/filter/facts-of-world'
import { filterValues } from '@/core/filter/filter-values'
import { withOperationNames } from '@/server/operations'
import { clusterParam, listParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'

const valuesSchema = z.array(
  z.strictObject({
    field: z.enum(filterFields),
    values: z.array(
      z.strictObject({ value: z.string(), edges: z.number().describe('Edges of the window that have it.') }),
    ),
  }),
)

const maxFields = 8

/** What could be written after a colon? */
export const valuesView = view({
  name: 'values',
  path: 'values',
  summary: 'Values that fields of the filter language have in the data of a window, for completion.',
  params: windowed({
    cluster: clusterParam,
    field: listParam(maxFields)
      .pipe(z.array(z.enum(filterFields)))
      .describe('Fields, repeated or joined by commas.'),
    side: z.enum(sides).optional().describe('Of the caller or the callee only.'),
    text: z.string().max(200, 'at most 200 characters').default('').describe('A part of the value.'),
    limit: z.coerce
      .number('write a number from 1 to 50')
      .int()
      .min(1)
      .max(50)
      .default(8)
      .describe('Values of each at most.'),
  }),
  answer: valuesSchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await loadWorld(question, scope)
    return question.field.includes('op') ? withOperationNames(world, question.recording) : world
  },
  render: (world, { cluster, field, side, text, limit }): z.infer<typeof valuesSchema> => {
    const facts = factsOf(world)
    const edges = world.edges.filter(
      ({ edge: { from, to } }) => !cluster || from.cluster === cluster || to.cluster === cluster,
    )
    return field.map((one) => ({
      field: one,
      values: [...filterValues({ edges }, { field: one, side, text, limit }, facts)],
    }))
  },
})
