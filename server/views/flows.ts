import { z } from 'zod'
import { parseFlowId } from '@/core/flows/flow-id'
import type { Filter } from '@/core/filter/filter-ast'
import { allOf, parseFilter } from '@/core/filter/filter-parse'
import { verdicts } from '@/core/verdict'
import { loadFlows } from '@/server/flows'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { flowPlace, plainId } from './flow-place'
import { recordParams } from './record-params'
import { flowPageSchema } from './schemas/flow-row'

/** Records come after the end of the live window too, and clocks differ. */
const aheadMs = 3_600_000

/** Show me the very records. */
export const flowsView = view({
  name: 'flows',
  path: 'flows',
  summary: 'Raw flow records, newest first, page by page. Terms of the filter about figures are left out.',
  params: recordParams({
    verdict: z.enum(verdicts).optional().describe('Only this verdict.'),
    before: flowPlace.describe('Only what is older than this record.'),
    after: flowPlace.describe('Only what is newer than this record, the oldest of it.'),
    limit: z.coerce
      .number('write a number from 1 to 500')
      .int('write a number from 1 to 500')
      .min(1, 'write a number from 1 to 500')
      .max(500, 'write a number from 1 to 500')
      .default(100)
      .describe('Records at most.'),
    searchMs: z.coerce
      .number('write a number from 10 to 10000')
      .int('write a number from 10 to 10000')
      .min(10, 'write a number from 10 to 10000')
      .max(10_000, 'write a number from 10 to 10000')
      .default(2_000)
      .describe('Milliseconds to search before the page is answered with what was found; `before` goes on from there.'),
  }),
  answer: flowPageSchema,
  maxAgeMs: 900,
  settle: async (params) => ({
    ...(await settleWindow(params)),
    live: params.recording === undefined && params.to === undefined,
  }),
  load: ({ q, verdict, before, after, window, live, searchMs, ...question }, scope) =>
    loadFlows(
      {
        ...question,
        budgetMs: searchMs,
        newest: window.to,
        window: live ? { from: window.from, to: Date.now() + aheadMs } : window,
        filter: allOf([parseFilter(q).filter, ...verdictTerm(verdict)]),
        before: before === undefined ? null : parseFlowId(plainId(before)),
        after: after === undefined ? null : parseFlowId(plainId(after)),
      },
      scope,
    ),
  render: (page) => page,
})

const verdictTerm = (verdict: string | undefined): Filter[] =>
  verdict === undefined ? [] : [{ type: 'term', field: 'verdict', op: '=', value: verdict }]
