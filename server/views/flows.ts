import { z } from 'zod'
import { parseFlowId } from '@/core/flow-id'
import type { Filter } from '@/core/filter-ast'
import { allOf, parseFilter } from '@/core/filter-parse'
import { verdicts } from '@/core/verdict'
import { loadFlows } from '@/server/flows'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { flowPageSchema } from './schemas/flow-row'

const place = z
  .string()
  .refine((id) => parseFlowId(plain(id)) !== null, 'give the id of a record, or a cursor of an answer')
  .optional()

/** Records come after the end of the live window too, and clocks differ. */
const aheadMs = 3_600_000

/** Show me the very records. */
export const flowsView = view({
  name: 'flows',
  path: 'flows',
  summary: 'Raw flow records, newest first, page by page. Terms of the filter about figures are left out.',
  params: windowed({
    cluster: clusterParam,
    q: filterParam,
    sel: z.string().max(2_000, 'at most 2000 characters').default('').describe('Id of a node or edge of the map.'),
    verdict: z.enum(verdicts).optional().describe('Only this verdict.'),
    before: place.describe('Only what is older than this record.'),
    after: place.describe('Only what is newer than this record.'),
    limit: z.coerce
      .number('write a number from 1 to 500')
      .int('write a number from 1 to 500')
      .min(1, 'write a number from 1 to 500')
      .max(500, 'write a number from 1 to 500')
      .default(100)
      .describe('Records at most.'),
  }),
  answer: flowPageSchema,
  maxAgeMs: 900,
  settle: async (params) => ({
    ...(await settleWindow(params)),
    live: params.recording === undefined && params.to === undefined,
  }),
  load: ({ q, verdict, before, after, window, live, ...question }, scope) =>
    loadFlows(
      {
        ...question,
        window: live ? { from: window.from, to: Date.now() + aheadMs } : window,
        filter: allOf([parseFilter(q).filter, ...verdictTerm(verdict)]),
        before: before === undefined ? null : parseFlowId(plain(before)),
        after: after === undefined ? null : parseFlowId(plain(after)),
      },
      scope,
    ),
  render: (page) => page,
})

const verdictTerm = (verdict: string | undefined): Filter[] =>
  verdict === undefined ? [] : [{ type: 'term', field: 'verdict', op: '=', value: verdict }]

/** The id without its recording. */
const plain = (id: string): string => id.split('.')[0] ?? ''
