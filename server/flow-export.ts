import { parseFilter } from '@/core/filter/filter-parse'
import { flowId, type FlowPlace } from '@/core/flows/flow-id'
import { flowFileName, type FlowFormat, type FlowText, flowTexts } from '@/core/flows/flow-text'
import type { Scope } from '@/core/scope'
import type { Pool } from '@/server/db/pool'
import { readFlows } from '@/server/db/flows/read-flows'
import { database } from './database'
import { takeExportSlot } from './export-slots'
import type { EdgesQuestion } from './flow-edges'
import { type FlowSearch, idSuffix, loadFlowSearch } from './flow-search'

export type ExportQuestion = EdgesQuestion & {
  readonly q: string
  readonly format: FlowFormat
  readonly before: FlowPlace | null
  readonly limit: number
}

/** Records in one file at most. */
export const maxExport = 500_000
const pageSize = 2_000
/** After this long without a record a page is ended, so that a reader who left is noticed. */
const budgetMs = 1_000
const leastKey = 2n ** 63n

/**
 * The records of a question as a file, newest first, page by page as fast as it is taken. A file that ends early says
 * so in its last line; one that fails breaks off, so that no half is taken for the whole. Throws
 * AppError while too many are being written (export-slots.ts).
 */
export async function exportFlows(
  question: ExportQuestion,
  scope: Scope,
  account: number,
  signal: AbortSignal,
): Promise<Response> {
  const done = takeExportSlot('flows', account)
  signal.addEventListener('abort', done)
  try {
    const { filter } = parseFilter(question.q)
    const search = await loadFlowSearch({ ...question, filter }, scope)
    const chunks = linesOf(database(), question, search, signal)
    const encoder = new TextEncoder()
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            const { value, done: ended } = await chunks.next()
            if (!ended) return controller.enqueue(encoder.encode(value))
            done()
            controller.close()
          } catch (thrown) {
            done()
            controller.error(thrown)
          }
        },
        async cancel() {
          done()
          await chunks.return()
        },
      },
      new CountQueuingStrategy({ highWaterMark: 1 }),
    )
    return new Response(body, { headers: headersOf(question, flowTexts[question.format]) })
  } catch (thrown) {
    done()
    throw thrown
  }
}

const headersOf = ({ window, format, limit }: ExportQuestion, { type }: FlowText) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${flowFileName(window, format)}"`,
  // no-transform keeps proxies and Next from holding it back to compress it.
  'cache-control': 'no-store, no-transform',
  'x-oriel-limit': String(limit),
})

/** What is read later is read by nobody's call: it gets the connections of who asked. */
async function* linesOf(
  pool: Pool,
  question: ExportQuestion,
  search: FlowSearch,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  const { window, recording: recordingId, limit, format } = question
  const { head, line, cut } = flowTexts[format]
  const condition = search.conditionOf(parseFilter(question.q).filter)
  let { before } = question
  let written = 0
  if (head) yield head
  while (!signal.aborted) {
    const wanted = Math.min(pageSize, limit - written)
    const page = { window, recordingId, condition, before, after: null, budgetMs, limit: wanted }
    const { rows, searchedTo } = await readFlows(pool, page)
    written += rows.length
    // An empty page lets the reader be asked whether it is still there.
    yield rows
      .flatMap((ids) => search.rowOf(ids) ?? [])
      .map(line)
      .join('')
    if (searchedTo === null) return
    const last = rows.at(-1)
    before = rows.length >= wanted && last ? last : { time: searchedTo, key: leastKey }
    if (written >= limit) {
      const next = flowId(before) + idSuffix(recordingId)
      yield cut(`Cut at ${limit} records, older ones are left out. Go on with before=${next}`)
      return
    }
  }
}
