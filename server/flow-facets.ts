import { asksRecords, type Counted, facetCounter, withoutFacet, withoutFacets } from '@/core/flows/facet-counts'
import type { Filter } from '@/core/filter/filter-ast'
import {
  type CountedRecords,
  type FacetBasis,
  type FlowFacets,
  flowFacetIds,
  isAboutFacet,
} from '@/core/flows/flow-facets'
import { facetOfEdge } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { sourceParts } from '@/core/witness/witness'
import { readEdgeEvents } from '@/server/db/buckets/read-edge-events'
import { readFlows } from '@/server/db/flows/read-flows'
import { database } from './database'
import type { EdgesQuestion } from './flow-edges'
import { type FlowSearch, loadFlowSearch } from './flow-search'

export type FacetsQuestion = EdgesQuestion & { readonly filter: Filter }

/** Raw records that are counted at most; they are read in about a tenth of a second. */
const maxRecords = 20_000
const budgetMs = 1_000

/**
 * Counts for the choices beside the flow table. Whatever edges and facets decide is counted over the whole window by
 * its buckets; statuses and text, which only records have, over the newest records.
 */
export async function loadFlowFacets(question: FacetsQuestion, scope: Scope): Promise<FlowFacets> {
  const { window, recording: recordingId, filter } = question
  const search = await loadFlowSearch(question, scope)
  const byStatus = withoutFacet('status', filter)
  const asksOthers = asksRecords(filter)
  const apart = asksOthers && conjunctsOf(filter).some(isOfStatus)
  const [events, ofStatus, ofOthers] = await Promise.all([
    asksOthers ? [] : readEdgeEvents(database(), { window, recordingId }),
    newest(search, question, withoutFacets(byStatus)),
    apart ? newest(search, question, onlyStatus(filter)) : null,
  ])
  const counted = asksOthers ? (ofOthers ?? ofStatus).rows : countedEvents(events, search)
  const count = facetCounter(filter, search.facts)
  const facets = flowFacetIds.map((id) => {
    const basis: FacetBasis = id === 'status' || asksOthers ? 'records' : 'window'
    return { id, basis, ...count(id, id === 'status' ? ofStatus.rows : counted) }
  })
  const records = sizeOf(ofOthers ?? ofStatus)
  return { facets, records, ...(ofOthers && { ofStatus: sizeOf(ofStatus) }) }
}

const sizeOf = ({ rows, readTo }: Awaited<ReturnType<typeof newest>>): CountedRecords => ({
  count: rows.length,
  readTo,
})

const conjunctsOf = (filter: Filter): readonly Filter[] => (filter.type === 'and' ? filter.of : [filter])

const isOfStatus = (part: Filter): boolean => part.type !== 'all' && isAboutFacet('status', part)

/** What a filter asks of no facet, and what it asks of statuses, which are rare where they are asked for. */
function onlyStatus(filter: Filter): Filter {
  return { type: 'and', of: [withoutFacets(filter), ...conjunctsOf(filter).filter(isOfStatus)] }
}

async function newest(search: FlowSearch, { window, recording: recordingId }: FacetsQuestion, filter: Filter) {
  const condition = search.conditionOf(filter)
  const bounds = { before: null, after: null, limit: maxRecords, budgetMs }
  const found = await readFlows(database(), { window, recordingId, condition, ...bounds })
  const rows = found.rows.flatMap((ids): Counted[] => {
    const [edge, facet] = [search.edges.get(ids.edgeId), search.facets.get(ids.facetId)]
    const row = search.rowOf(ids)
    return edge && facet && row ? [{ edge, facet: facetOfEdge(facet, edge), count: 1, record: row }] : []
  })
  return { rows, readTo: found.searchedTo }
}

/** Transports that tell sums alone: they have no records, so they are not what the table lists. */
const sumsOnly: ReadonlySet<string> = new Set(['prometheus', 'scrape'])

function countedEvents(events: Awaited<ReturnType<typeof readEdgeEvents>>, search: FlowSearch): readonly Counted[] {
  return events.flatMap(({ edgeId, facetId, events: count }) => {
    const [edge, facet] = [search.edges.get(edgeId), search.facets.get(facetId)]
    if (!edge || !facet || count === 0 || search.asked?.has(edgeId) === false) return []
    return sumsOnly.has(sourceParts(facet.source).transport) ? [] : [{ edge, facet: facetOfEdge(facet, edge), count }]
  })
}
