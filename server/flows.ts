import type { Filter } from '@/core/filter/filter-ast'
import { flowId, type FlowPlace } from '@/core/flows/flow-id'
import type { FlowDetail, FlowPage } from '@/core/flows/flow-row'
import { isCrossing } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import { readEdges } from '@/server/db/names/read-edges'
import { readDetail } from '@/server/db/flows/read-detail'
import { type FlowDetailIds, readFlow } from '@/server/db/flows/read-flow'
import { type FlowIds, readFlows } from '@/server/db/flows/read-flows'
import { database } from './database'
import { type EdgesQuestion, visibleEdges } from './flow-edges'
import { flowRow, idSuffix, loadFlowSearch } from './flow-search'
import { parsedFields } from './parsed-fields'
import { pastTheWall } from './wall'

export type FlowsQuestion = EdgesQuestion & {
  readonly filter: Filter
  readonly before: FlowPlace | null
  readonly after: FlowPlace | null
  readonly limit: number
  /** Where the newest data is, milliseconds. */
  readonly newest: number
  /** Milliseconds that one page is searched for; the next one goes on from where it stopped. */
  readonly budgetMs: number
}

/** What was told later than this is not waited for by a tail that finds nothing. */
const lateMs = 60_000
/** Below every key and above every key, in the order that the database has them. */
const [leastKey, mostKey] = [2n ** 63n, 2n ** 63n - 1n]

/** Raw records within the scope, newest first. Grows with edges that ever were, and with what is searched within the budget. */
export async function loadFlows(question: FlowsQuestion, scope: Scope): Promise<FlowPage> {
  const { window, recording: recordingId, before, after, limit, newest, budgetMs } = question
  const search = await loadFlowSearch(question, scope)
  const now = Date.now()
  const condition = search.conditionOf(question.filter)
  const asked = { condition, window, recordingId, before, after, limit, budgetMs, newest }
  const { rows: found, searchedTo } = await readFlows(database(), asked)
  const rows = found.flatMap((ids) => search.rowOf(ids) ?? [])
  const id = (place: FlowPlace) => flowId(place) + idSuffix(recordingId)
  const full = found.length >= limit
  return {
    rows,
    before: after || searchedTo === null ? null : id((full && found.at(-1)) || { time: searchedTo, key: leastKey }),
    after: nextAfter(found, after, searchedTo ?? now, now, id),
    more: searchedTo !== null,
    searchedTo,
  }
}

/** Where a tail goes on: after the newest record, or after what was searched in vain and is too old to grow. */
function nextAfter(
  found: readonly FlowIds[],
  after: FlowPlace | null,
  searchedTo: number,
  now: number,
  id: (place: FlowPlace) => string,
): string | null {
  const [newest] = found
  if (newest) return id(newest)
  if (!after) return null
  const settled = Math.min(searchedTo, now - lateMs)
  return id(settled > after.time ? { time: settled - 0.001, key: mostKey } : after)
}

/** A block holds records of everybody; of it only that of a record that was found is taken. */
async function loadDetail({ time, key, detail }: FlowDetailIds): Promise<string> {
  const text =
    detail ??
    (await pastTheWall(
      () => readDetail(database(), time, key),
      (own) => own,
    ))
  return text || '{}'
}

/** One record with all its fields; null where it is gone or outside the scope. */
export async function loadFlow(place: FlowPlace, recordingId: number | null, scope: Scope): Promise<FlowDetail | null> {
  const db = database()
  // Recordings are of who sees everything.
  const found = recordingId === null || scope.all ? await readFlow(db, place, recordingId) : null
  if (!found) return null
  const [edges, facets] = await Promise.all([readEdges(db, [found.edgeId]), readAllFacets(db)])
  const edge = visibleEdges(edges, scope).get(found.edgeId)
  const facet = facets.get(found.facetId)
  if (!edge || !facet) return null
  const fields = isCrossing(edge) ? {} : { ...parsedFields(found.shape), ...parsedFields(await loadDetail(found)) }
  return { ...flowRow(found, edge, facet, recordingId), fields }
}
