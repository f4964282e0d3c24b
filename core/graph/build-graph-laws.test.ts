import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from './build-graph'
import { parseFilter } from '../filter/filter-parse'
import type { GraphEdge } from './graph'
import { levels } from './graph'
import { verdicts } from '../verdict'
import type { WorldEdge } from '../world'
import { edge, external, flows, http, item, workload, world } from '../world-fixture'

const ends = [
  workload('web'),
  workload('cart'),
  workload('ledger', 'bank'),
  workload('vault', 'bank'),
  workload('web', 'shop', 'west'),
  external('api.example'),
]
const end = fc.constantFrom(...ends)
const row = fc
  .record({
    n: fc.nat(500),
    bad: fc.nat(20),
    request: fc.boolean(),
    verdict: fc.constantFrom(...verdicts),
    reporter: fc.constantFrom('source' as const, 'destination' as const),
  })
  .map(({ n, bad, request, ...parts }) => (request ? http(n, Math.min(n, bad), 5 + bad * 90, parts) : flows(n, parts)))
const anyEdge = fc
  .tuple(end, end, fc.array(row, { minLength: 1, maxLength: 3 }), fc.constantFrom(80, 5432))
  .map(([from, to, rows, port]): WorldEdge => edge(from, to, rows, { port }))
const edges = fc.array(anyEdge, { maxLength: 12 })
const inventory = ends.slice(0, 5).map((endpoint) => item(endpoint, [`${endpoint.name}-api`]))
const region = fc.constantFrom('east/shop', 'east/bank', 'west/shop')

const sum = (edges: readonly GraphEdge[], of: (edge: GraphEdge) => number | null) =>
  edges.reduce((total, edge) => total + (of(edge) ?? 0), 0)

/** Traffic whose ends are not both in one of the folded namespaces. */
const crossing = (all: readonly WorldEdge[], folded: readonly string[]) =>
  all.filter(({ edge: { from, to } }) => {
    const [a, b] = [from, to].map(({ cluster, namespace }) => `${cluster}/${namespace}`)
    return a !== b || !folded.includes(a ?? '')
  })

test('folding preserves totals', () => {
  fc.assert(
    fc.property(edges, fc.uniqueArray(region), (all, fold) => {
      const open = buildGraph(world(crossing(all, fold)), { level: 'workload' })
      const closed = buildGraph(world(all), { level: 'workload', fold })
      for (const of of [
        (e: GraphEdge) => e.merged,
        (e: GraphEdge) => e.figures.requests,
        (e: GraphEdge) => e.figures.serverErrors,
        (e: GraphEdge) => e.figures.verdicts.denied ?? 0,
      ]) {
        expect(sum(closed.edges, of)).toBe(sum(open.edges, of))
      }
      expect(sum(closed.edges, (e) => e.figures.flowRate)).toBeCloseTo(sum(open.edges, (e) => e.figures.flowRate))
    }),
  )
})

test('the order of edges, rows and inventory does not matter', () => {
  fc.assert(
    fc.property(edges, fc.constantFrom(...levels), fc.uniqueArray(region), fc.nat(6), (all, level, fold, maxEdges) => {
      const options = { level, fold, maxEdges: maxEdges + 1 }
      const backwards = all.map(({ edge, rows }) => ({ edge, rows: rows.toReversed() })).toReversed()
      expect(buildGraph(world(backwards, { inventory: inventory.toReversed() }), options)).toEqual(
        buildGraph(world(all, { inventory }), options),
      )
    }),
  )
})

test('every edge has its ends, once, and totals tell what the cap hides', () => {
  fc.assert(
    fc.property(edges, fc.constantFrom(...levels), fc.integer({ min: 1, max: 5 }), (all, level, maxEdges) => {
      const graph = buildGraph(world(all, { inventory }), { level, maxEdges })
      const ids = graph.nodes.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length)
      for (const { from, to } of graph.edges) expect(ids).toEqual(expect.arrayContaining([from, to]))
      expect(graph.edges).toHaveLength(Math.min(maxEdges, graph.total.edges))
      expect(graph.total.nodes).toBeGreaterThanOrEqual(ids.length)
    }),
  )
})

test('a filter hides and never changes what it leaves', () => {
  fc.assert(
    fc.property(edges, fc.constantFrom('ns:bank', 'verdict:denied', '!to:web', 'error:>1%', 'port:80'), (all, text) => {
      const whole = buildGraph(world(all, { inventory }), { level: 'workload' })
      const part = buildGraph(world(all, { inventory }), { level: 'workload', filter: parseFilter(text).filter })
      for (const node of part.nodes) expect(whole.nodes).toContainEqual(node)
    }),
  )
})
