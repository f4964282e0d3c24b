import type { QueryClient } from '@tanstack/react-query'
import { parseEndpointKey } from '@/core/endpoint'
import type { FlowPage } from '@/core/flows/flow-row'
import type { Graph, GraphEdge, GraphNode } from '@/core/graph/graph'
import type { Window } from '@/core/time'
import { pageParams } from '../flows/use-flows-state'
import { strength } from '../map/scene/edge-style'
import { stripParams } from '../map/head/strip-range'
import { flowFacetsQuery, flowQuery, flowsQuery, recentFlowsQuery } from '../flows/queries'
import { graphQuery, policyLensQuery } from '../map/queries'
import { decisionQuery, policiesQuery } from '../policies/queries'
import { heatQuery, serviceQuery } from '../service/queries'
import { marksQuery, seriesQuery } from '../charts/queries'
import { operationsQuery } from '../operations/queries'
import { servicesQuery } from '../services/queries'
import type { ViewParams } from '../view-query'
import { encryptionEvidence, encryptionPages } from './nearby-encryption'
import { questionsOf } from './questions'

/** Panels of the map that a frozen view can open, of nodes and of edges each. */
const maxPanels = 30
/** Pages of services that it can open, and panels that go before them. */
const maxPages = 10
const maxRecords = 100
const healthRank = { failing: 3, degraded: 2, unknown: 1, healthy: 0 } as const
/** The server takes no more. */
const maxQuestions = 300

/**
 * What is one click away from a page, the most likely first: the other pages over the same time, the evidence of
 * coverage, the charts and flows of the most unwell and strongest nodes and edges of the map, and the records of the
 * flow list.
 */
export async function nearbyQuestions(
  client: QueryClient,
  params: ViewParams,
  window: Window,
  shown: readonly string[],
): Promise<string[]> {
  const { q: _filter, ...unfiltered } = params
  const ask = (query: Parameters<typeof questionsOf>[1]) => questionsOf(client, query, window)
  const { cluster: _cluster, ...time } = unfiltered
  const strip = stripParams(params, window.to)
  const [nodes, edges, asking] = panelIds(client, new URLSearchParams(location.search).get('sel'))
  const panels = [...nodes.slice(0, maxPages), ...edges.slice(0, maxPages), ...nodes, ...edges].flatMap((sel) => [
    seriesQuery({ ...unfiltered, sel }),
    recentFlowsQuery({ ...unfiltered, sel, limit: 10 }),
    marksQuery({ ...strip, sel }),
    decisionOf(sel, time),
  ])
  const pages = nodes
    .slice(0, maxPages)
    .flatMap((sel) => [
      serviceQuery({ ...time, sel }),
      heatQuery({ ...time, sel }),
      operationsQuery({ ...time, sel, dir: 'in' }),
      decisionQuery({ ...time, sel }),
    ])
  const asks = asking.map((sel) => operationsQuery({ ...time, sel, dir: 'in' }))
  const others = [params, unfiltered].flatMap((each) => [
    graphQuery({ ...each, level: 'workload', by: 'namespace', fold: [], unfold: [] }),
    servicesQuery(each),
    flowFacetsQuery(each),
  ])
  const asked = [
    ...others.map((query) => ask(query)),
    ...encryptionEvidence(client, params).map((query) => ask(query)),
    ...encryptionPages(params).map((query) => ask(query)),
    ask(policyLensQuery({ ...unfiltered, level: 'workload', by: 'namespace', fold: [], unfold: [] })),
    ask(policiesQuery(unfiltered)),
    ...[params, unfiltered].map((each) => ask(flowsQuery({ ...each, ...pageParams }))),
    ...panels.slice(0, 4 * 2 * maxPages).map((query) => ask(query)),
    ...pages.map((query) => ask(query)),
    ...asks.map((query) => ask(query)),
    ...panels.map((query) => ask(query)),
    ...recordIds(client).map((id) => ask(flowQuery(id))),
  ]
  const known = new Set(shown)
  const found = (await Promise.all(asked)).flat().filter((question) => !known.has(question))
  return [...new Set(found)].slice(0, maxQuestions)
}

/** As the panels of a node and of an edge ask. */
const decisionOf = (sel: string, time: Omit<ViewParams, 'q' | 'cluster'>) =>
  decisionQuery(sel.includes('|') ? { ...time, sel } : { ...time, sel, cluster: parseEndpointKey(sel)?.cluster })

/** The nodes and edges of the shown map whose panels are most likely to be opened: the selected one, the unwell, the strongest; `asking`: the edges whose panel lists operations. */
function panelIds(
  client: QueryClient,
  selected: string | null,
): readonly [nodes: readonly string[], edges: readonly string[], asking: readonly string[]] {
  const [, graph] = client.getQueriesData<Graph>({ queryKey: ['map'], type: 'active' })[0] ?? []
  if (!graph) return [[], [], []]
  const weight = (part: GraphNode | GraphEdge) => strength('figures' in part ? part.figures : part.incoming)
  const first = (parts: readonly (GraphNode | GraphEdge)[]) =>
    parts
      .toSorted(
        (a, b) =>
          Number(b.id === selected) - Number(a.id === selected) ||
          healthRank[b.health] - healthRank[a.health] ||
          weight(b) - weight(a),
      )
      .slice(0, maxPanels)
      .map(({ id }) => id)
  const edges = first(graph.edges)
  const silent = new Set(graph.edges.filter(({ l7 }) => l7 === 'none').map(({ id }) => id))
  return [first(graph.nodes), edges, edges.filter((id) => !silent.has(id))]
}

/** The records of the shown list. */
function recordIds(client: QueryClient): readonly string[] {
  const lists = client.getQueriesData<{ readonly pages?: readonly FlowPage[] }>({ queryKey: ['flows'], type: 'active' })
  return lists
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap(({ rows }) => rows.map(({ id }) => id))
    .slice(0, maxRecords)
}
