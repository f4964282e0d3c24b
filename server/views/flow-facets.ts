import { z } from 'zod'
import { parseFilter } from '@/core/filter/filter-parse'
import { type FlowFacets, flowFacetIds } from '@/core/flows/flow-facets'
import { loadFlowFacets } from '@/server/flow-facets'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { recordParams } from './record-params'
import { millis } from './schemas/shared'

const counted = {
  count: z.number().describe('Raw records that were counted.'),
  readTo: millis.nullable().describe('Where they begin; null: with the window.'),
}

const answer = mirror<FlowFacets>()(
  z.strictObject({
    facets: z.array(
      z.strictObject({
        id: z.enum(flowFacetIds),
        basis: z
          .enum(['window', 'records'])
          .describe('What is counted: flows and requests of the whole window, or the newest raw records.'),
        values: z
          .array(
            z.strictObject({
              label: z.string(),
              value: z.string().describe('As a term of the filter has it.'),
              count: z.number(),
            }),
          )
          .describe('Most first.'),
        more: z.number().describe('Values beyond those listed.'),
      }),
    ),
    records: z.strictObject(counted),
    ofStatus: z
      .strictObject(counted)
      .optional()
      .describe('Where statuses count other records than the rest: those of every status.'),
  }),
)

/** What is there to choose from? */
export const flowFacetsView = view({
  name: 'flowFacets',
  path: 'flows/facets',
  summary:
    'Values by which the flow table can be narrowed, with counts that leave out what the filter says of the same thing.',
  params: recordParams({}),
  answer,
  maxAgeMs: 10_000,
  settle: (params) => settleWindow(params),
  load: ({ q, ...question }, scope) => loadFlowFacets({ ...question, filter: parseFilter(q).filter }, scope),
  render: (facets) => facets,
})
