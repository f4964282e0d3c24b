import { z } from 'zod'
import { parseFlowId } from '@/core/flows/flow-id'
import { flowFormats } from '@/core/flows/flow-text'
import { exportFlows, maxExport } from '@/server/flow-export'
import { checkRecording } from '@/server/recording-scope'
import { stream } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { flowPlace, plainId } from './flow-place'
import { recordParams } from './record-params'

const limitWords = `write a number from 1 to ${maxExport}`

/** Give me the very records. */
export const flowExportStream = stream({
  name: 'flowExport',
  path: 'flows/export',
  summary: 'The raw flow records of a question as a file that is written while it is read, newest first.',
  audit: 'flows.exported',
  params: recordParams({
    format: z.enum(flowFormats).default('csv').describe('CSV, or one JSON object a line.'),
    before: flowPlace.describe('Only what is older than this record.'),
    limit: z.coerce
      .number(limitWords)
      .int(limitWords)
      .min(1, limitWords)
      .max(maxExport, limitWords)
      .default(maxExport)
      .describe('Records at most; where more match, the last line says so.'),
  }),
  types: ['text/csv', 'application/jsonl'],
  write: async (params, scope, signal, asker) => {
    checkRecording(params, scope)
    const { before, ...question } = await settleWindow(params)
    const place = before === undefined ? null : parseFlowId(plainId(before))
    return exportFlows({ ...question, before: place }, scope, asker.account.id, signal)
  },
})
