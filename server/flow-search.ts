import { type Filter, type FilterField, leavesOf } from '@/core/filter/filter-ast'
import { factsOf } from '@/core/filter/facts-of-world'
import { type FilterFacts, noFacts } from '@/core/filter/filter-facts'
import { type FlowCondition, flowCondition } from '@/core/flows/flow-condition'
import { flowId } from '@/core/flows/flow-id'
import type { FlowRow } from '@/core/flows/flow-row'
import { facetOfEdge, hasWords, isCrossing } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { withShortLists } from '@/core/flows/short-lists'
import type { Edge, Facet, World } from '@/core/world'
import { readAllFacets } from '@/server/db/names/read-all-facets'
import type { FlowIds } from '@/server/db/flows/read-flows'
import { database } from './database'
import { type EdgesQuestion, inMinutes, loadFlowEdges } from './flow-edges'
import { loadWorld } from './world'

/** A question about records with its names read: what the database is asked for a filter, and how its ids read. */
export type FlowSearch = {
  readonly edges: ReadonlyMap<number, Edge>
  readonly facets: ReadonlyMap<number, Facet>
  /** Edges that the question is about; null: all of them. */
  readonly asked: ReadonlySet<number> | null
  readonly facts: FilterFacts
  readonly conditionOf: (filter: Filter) => FlowCondition
  /** null where its edge is outside of the scope. */
  readonly rowOf: (ids: FlowIds) => FlowRow | null
}

/** Prepares a search for records within the scope. Grows with edges that ever were. */
export async function loadFlowSearch(
  question: EdgesQuestion & { readonly filter: Filter },
  scope: Scope,
): Promise<FlowSearch> {
  const [{ all, asked }, facets, facts] = await Promise.all([
    loadFlowEdges(question, scope),
    readAllFacets(database()),
    asksFacts(question.filter) ? loadWorld(inMinutes(question), scope).then(factsOfFlows) : noFacts,
  ])
  return {
    edges: all,
    facets,
    asked,
    facts,
    conditionOf: (filter) => within(asked, withShortLists(seenCondition(filter, { edges: all, facets, facts }), all)),
    rowOf: (ids) => {
      const edge = all.get(ids.edgeId)
      const facet = facets.get(ids.facetId)
      return edge && facet ? flowRow(ids, edge, facet, question.recording) : null
    },
  }
}

/** Of a flow counts what was seen of it, not what is known of its edge. */
const factsOfFlows = (world: World): FilterFacts => ({ ...factsOf(world), encryption: null })

const factFields: ReadonlySet<FilterField> = new Set(['team', 'app', 'role', 'is'])

const asksFacts = (filter: Filter): boolean =>
  leavesOf(filter).some((leaf) => leaf.type === 'term' && factFields.has(leaf.field))

function within(asked: ReadonlySet<number> | null, condition: FlowCondition): FlowCondition {
  if (asked === null || condition.type === 'none') return condition
  if (asked.size === 0) return { type: 'none' }
  return { type: 'and', of: [{ type: 'edges', ids: asked }, condition] }
}

type Known = Pick<FlowSearch, 'edges' | 'facets' | 'facts'>

/** What a viewer may not read must not be found by its words either. */
function seenCondition(filter: Filter, known: Known): FlowCondition {
  const condition = flowCondition(filter, known)
  const crossing = new Set([...known.edges.values()].filter(isCrossing).map(({ id }) => id))
  if (crossing.size === 0) return condition
  if (![...known.facets.values()].some(hasWords)) return withoutText(condition, crossing)
  const told = new Map([...known.facets].map(([id, facet]) => [id, hasWords(facet) ? { ...facet, reason: '' } : facet]))
  const ofCrossing = withoutText(flowCondition(filter, { ...known, facets: told }), crossing)
  if (JSON.stringify(ofCrossing, setsToo) === JSON.stringify(condition, setsToo)) return condition
  const isCrossingEdge: FlowCondition = { type: 'edges', ids: crossing }
  return {
    type: 'or',
    of: [
      { type: 'and', of: [{ type: 'not', of: isCrossingEdge }, condition] },
      { type: 'and', of: [isCrossingEdge, ofCrossing] },
    ],
  }
}

const setsToo = (_key: string, value: unknown): unknown => (value instanceof Set ? [...value] : value)

function withoutText(condition: FlowCondition, crossing: ReadonlySet<number>): FlowCondition {
  if (condition.type === 'summary' || condition.type === 'line')
    return { type: 'and', of: [{ type: 'not', of: { type: 'edges', ids: crossing } }, condition] }
  if (condition.type === 'not') return { type: 'not', of: withoutText(condition.of, crossing) }
  if (condition.type !== 'and' && condition.type !== 'or') return condition
  return { type: condition.type, of: condition.of.map((part) => withoutText(part, crossing)) }
}

/** Recordings mark the ids of their records, so that an id alone finds its record. */
export const idSuffix = (recordingId: number | null): string => (recordingId === null ? '' : `.${recordingId}`)

export const flowRow = (ids: FlowIds, edge: Edge, facet: Facet, recordingId: number | null): FlowRow => ({
  id: flowId(ids) + idSuffix(recordingId),
  time: ids.time,
  from: edge.from,
  to: edge.to,
  sourcePort: ids.sourcePort,
  port: edge.port,
  protocol: edge.protocol,
  l7: facet.l7,
  verdict: facet.verdict,
  reason: facetOfEdge(facet, edge).reason,
  encryption: facet.encryption,
  hop: facet.hop,
  source: facet.source,
  reporter: facet.reporter,
  status: ids.status,
  latencyMs: ids.latencyMs,
  summary: isCrossing(edge) ? '' : ids.summary,
})
