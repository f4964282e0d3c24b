import { flowId, type FlowPlace } from '@/core/flow-id'
import { planFlows } from '@/core/flow-plan'
import type { FlowDetail, FlowPage, FlowRow } from '@/core/flow-row'
import type { Filter } from '@/core/filter-ast'
import { compileEdgeFilter } from '@/core/filter-match'
import { outside, redactWorld } from '@/core/redact'
import type { Scope } from '@/core/scope'
import { selectEdges } from '@/core/selection'
import { ceilTo, floorTo } from '@/core/time'
import { type Edge, type Facet, storedIds, type World } from '@/core/world'
import { readAllEdges } from '@/server/db/read-all-edges'
import { readAllFacets } from '@/server/db/read-all-facets'
import { readEdges } from '@/server/db/read-edges'
import { readFlow } from '@/server/db/read-flow'
import { type FlowIds, readFlows } from '@/server/db/read-flows'
import { database } from './database'
import type { When } from './when'
import { loadTraffic } from './world'

export type FlowsQuestion = When & {
  readonly filter: Filter
  readonly cluster: string
  /** Id of a node or edge of the map; '' for any. */
  readonly sel: string
  readonly before: FlowPlace | null
  readonly after: FlowPlace | null
  readonly limit: number
}

const pageSize = 500
/** Records asked at most for one page where ids alone do not decide; the page's `before` goes on from there. */
const maxPages = 20

/** Raw records within the scope, newest first. Grows with edges that ever were, and with records asked. */
export async function loadFlows(question: FlowsQuestion, scope: Scope): Promise<FlowPage> {
  const { window, recording: recordingId, filter, before, after, limit } = question
  const db = database()
  const [edges, facets] = await Promise.all([readAllEdges(db), readAllFacets(db)])
  const visible = await selected(visibleEdges(edges, scope), question, scope)
  const plan = planFlows(filter, visible, facets)
  const edgeIds = plan.edgeIds ?? (visible.size === edges.size ? null : [...visible.keys()])
  const matches = plan.rest ? compileEdgeFilter(plan.rest) : null
  const size = matches ? pageSize : limit
  const rows: FlowRow[] = []
  let place = before
  let more = false
  for (let page = 0; page < maxPages && rows.length < limit; page++) {
    const found = await readFlows(db, { ...plan, edgeIds, window, recordingId, before: place, after, limit: size })
    more = found.length === size
    for (const ids of found) {
      if (rows.length === limit) {
        more = true
        break
      }
      place = ids
      const edge = visible.get(ids.edgeId)
      const facet = facets.get(ids.facetId)
      if (edge && facet && (!matches || matches(edge, [facet], undefined, ids)))
        rows.push(flowRow(ids, edge, facet, recordingId))
    }
    if (!more) break
  }
  return {
    rows,
    before: more && place ? flowId(place) + suffix(recordingId) : null,
    after: rows[0]?.id ?? (after ? flowId(after) + suffix(recordingId) : null),
  }
}

/** One record with all its fields; null where it is gone or outside the scope. */
export async function loadFlow(place: FlowPlace, recordingId: number | null, scope: Scope): Promise<FlowDetail | null> {
  const db = database()
  const found = await readFlow(db, place, recordingId)
  if (!found) return null
  const [edges, facets] = await Promise.all([readEdges(db, [found.edgeId]), readAllFacets(db)])
  const edge = visibleEdges(edges, scope).get(found.edgeId)
  const facet = facets.get(found.facetId)
  if (!edge || !facet) return null
  const fields = isCrossing(edge) ? {} : { ...parsed(found.shape), ...parsed(found.detail) }
  return { ...flowRow(found, edge, facet, recordingId), fields }
}

/** Recordings mark the ids of their records, so that an id alone finds its record. */
const suffix = (recordingId: number | null): string => (recordingId === null ? '' : `.${recordingId}`)

/** Edges as the scope may see them, by the one redaction that there is. */
function visibleEdges(edges: ReadonlyMap<number, Edge>, scope: Scope): ReadonlyMap<number, Edge> {
  if (scope.all) return edges
  const { edges: visible } = redactWorld(
    { ...nothing, edges: [...edges.values()].map((edge) => ({ edge, rows: [] })) },
    scope,
  )
  return new Map(visible.map(({ edge }) => [edge.id, edge]))
}

const nothing: World = {
  window: { from: 0, to: 0 },
  coveredSeconds: 0,
  clusterSeconds: new Map(),
  sourceSeconds: new Map(),
  edges: [],
  inventory: [],
  teams: new Map(),
  gaps: [],
  sources: [],
}

/** Those of a cluster and under a node or edge of the map. */
async function selected(
  edges: ReadonlyMap<number, Edge>,
  { cluster, sel, ...when }: FlowsQuestion,
  scope: Scope,
): Promise<ReadonlyMap<number, Edge>> {
  if (!cluster && !sel) return edges
  const inCluster = [...edges.values()].filter(
    ({ from, to }) => !cluster || from.cluster === cluster || to.cluster === cluster,
  )
  if (!sel) return new Map(inCluster.map((edge) => [edge.id, edge]))
  // The World knows which stored edges are one on the map; edges whose only records count nothing are not in it.
  const world = await loadTraffic(inMinutes(when), scope)
  const shown = selectEdges(world, sel)
  const stored = selectEdges({ ...world, edges: inCluster.map((edge) => ({ edge, rows: [] })) }, sel)
  const ids = [shown, stored].flatMap(({ incoming, outgoing }) => [...incoming, ...outgoing].flatMap(storedIds))
  return new Map(
    ids.flatMap((id) => {
      const edge = edges.get(id)
      return edge ? [[id, edge]] : []
    }),
  )
}

/** A window that a tail asks again and again, so that its World is loaded once. */
const inMinutes = ({ window: { from, to }, recording }: When): When => ({
  window: recording === null ? { from: floorTo(from, 60_000), to: ceilTo(to, 60_000) } : { from, to },
  recording,
})

/** A name or path in a crossing record's text could be the other side's. */
const isCrossing = ({ from, to }: Edge): boolean => from === outside || to === outside

const flowRow = (ids: FlowIds, edge: Edge, facet: Facet, recordingId: number | null): FlowRow => ({
  id: flowId(ids) + suffix(recordingId),
  time: ids.time,
  from: edge.from,
  to: edge.to,
  sourcePort: ids.sourcePort,
  port: edge.port,
  protocol: edge.protocol,
  l7: facet.l7,
  verdict: facet.verdict,
  reason: facet.reason,
  encryption: facet.encryption,
  source: facet.source,
  reporter: facet.reporter,
  status: ids.status,
  latencyMs: ids.latencyMs,
  summary: isCrossing(edge) ? '' : ids.summary,
})

/** What a source wrote, as an object; text that is no JSON object stays text. */
function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {}
  return json === '' ? {} : { text: json }
}
