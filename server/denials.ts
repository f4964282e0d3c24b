import { type CountedDenial, type Denials, groupDenials } from '@/core/flows/denials'
import type { Filter } from '@/core/filter/filter-ast'
import { allOf } from '@/core/filter/filter-parse'
import { edgeGate } from '@/core/flows/flow-condition'
import { flowId } from '@/core/flows/flow-id'
import { facetOfEdge, isCrossing } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { readFacetSteps } from '@/server/db/buckets/read-facet-steps'
import { type FlowIds, readFlows } from '@/server/db/flows/read-flows'
import { readShapes } from '@/server/db/flows/read-shapes'
import { database } from './database'
import { firstData } from './first-data'
import type { EdgesQuestion } from './flow-edges'
import { idSuffix, loadFlowSearch } from './flow-search'
import { parsedFields } from './parsed-fields'
import { chooseStep } from './step-size'

export type DenialsQuestion = EdgesQuestion & { readonly filter: Filter }

const steps = 40
const maxListed = 300
/** Records that are looked at for what their source said; the newest of each cause is enough. */
const maxRecords = 5_000
const budgetMs = 3_000

const refused: Filter = {
  type: 'or',
  of: ['denied', 'audited'].map((value) => ({ type: 'term', field: 'verdict', op: '=', value })),
}

/** What was denied or would have been, by cause: counted by buckets, explained by the newest record of each edge. */
export async function loadDenials(question: DenialsQuestion, scope: Scope): Promise<Denials> {
  const { window, recording: recordingId } = question
  const db = database()
  const search = await loadFlowSearch(question, scope)
  const facetIds = [...search.facets].filter(([, { verdict }]) => verdict === 'denied' || verdict === 'audited')
  const stepMs = await chooseStep(question, { maxSteps: steps, maxBuckets: steps })
  const condition = search.conditionOf(allOf([refused, question.filter]))
  const [sums, found, first] = await Promise.all([
    readFacetSteps(db, { window, stepMs, recordingId, facetIds: facetIds.map(([id]) => id) }),
    readFlows(db, { window, recordingId, condition, before: null, after: null, limit: maxRecords, budgetMs }),
    recordingId === null ? firstData() : null,
  ])
  const newest = newestByCause(found.rows)
  const shapes = await readShapes(db, [...new Set([...newest.values()].map(({ shapeId }) => shapeId))])
  const counted = new Map<string, CountedDenial & { readonly steps: Map<number, number> }>()
  for (const { t, edgeId, facetId, events } of sums.rows) {
    const key = causeKey(edgeId, facetId)
    const known = counted.get(key)
    if (known) known.steps.set(t, events)
    else {
      const row = rowOf(edgeId, facetId)
      if (row) counted.set(key, { ...row, steps: new Map([[t, events]]) })
    }
  }
  const all = groupDenials([...counted.values()], { ...sums.window, to: window.to, stepMs, first })
  return { window, denials: all.slice(0, maxListed), more: Math.max(0, all.length - maxListed), stepMs }

  function rowOf(edgeId: number, facetId: number): Omit<CountedDenial, 'steps'> | null {
    const [edge, told] = [search.edges.get(edgeId), search.facets.get(facetId)]
    if (!edge || !told || search.asked?.has(edgeId) === false) return null
    const facet = facetOfEdge(told, edge)
    const record = newest.get(causeKey(edgeId, facetId))
    const decided = edgeGate(condition, edgeId, facetId)
    if (decided === 'none' || (decided === 'some' && !record)) return null
    if (!record) return { edge, facet, record: null }
    const fields = isCrossing(edge) ? {} : parsedFields(shapes.get(record.shapeId) ?? '')
    return { edge, facet, record: { id: flowId(record) + idSuffix(recordingId), fields } }
  }
}

const causeKey = (edgeId: number, facetId: number): string => `${edgeId} ${facetId}`

function newestByCause(rows: readonly FlowIds[]): ReadonlyMap<string, FlowIds> {
  const newest = new Map<string, FlowIds>()
  for (const row of rows) {
    const key = causeKey(row.edgeId, row.facetId)
    if (!newest.has(key)) newest.set(key, row)
  }
  return newest
}
