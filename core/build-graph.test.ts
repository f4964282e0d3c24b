import { describe, expect, test } from 'vitest'
import { buildGraph } from './build-graph'
import { endpointKey } from './endpoint'
import { edge, external, flows, http, item, workload, world } from './world-fixture'

const web = workload('web')
const cart = workload('cart')
const ledger = workload('ledger', 'bank')

describe('buildGraph', () => {
  test('draws one node per workload and one edge per pair, port and protocol', () => {
    const graph = buildGraph(world([edge(web, cart, [http(200)]), edge(web, cart, [flows(5)], { port: 6379 })]), {
      level: 'workload',
    })
    expect(graph.nodes.map((node) => node.id)).toEqual([endpointKey(cart), endpointKey(web)])
    expect(graph.edges.map(({ id, port }) => [id, port])).toEqual([
      [`${endpointKey(web)}|${endpointKey(cart)}|6379|tcp`, 6379],
      [`${endpointKey(web)}|${endpointKey(cart)}|8080|tcp`, 8080],
    ])
    expect(graph.edges[1]?.figures.requestRate).toBe(2)
    expect(graph.total).toEqual({ nodes: 2, edges: 2 })
  })
  test('marks what listens on the port of a data store, unless every caller was denied', () => {
    const probe = workload('probe')
    const graph = buildGraph(
      world([
        edge(web, cart, [flows(5)], { port: 5432 }),
        edge(web, probe, [flows(5, { verdict: 'denied' })], { port: 5432 }),
      ]),
      { level: 'workload' },
    )
    expect(Object.fromEntries(graph.nodes.map((node) => [node.name, node.dataStore]))).toEqual({
      web: false,
      cart: true,
      probe: false,
    })
  })
  test('adds figures of different edges when it folds a namespace', () => {
    const graph = buildGraph(
      world([
        edge(web, ledger, [http(100, 10, 5)]),
        edge(cart, ledger, [http(300, 0, 5)], { port: 9090 }),
        edge(web, cart, [http(7)]),
      ]),
      { level: 'workload', fold: ['east/shop'] },
    )
    expect(graph.folded).toEqual(['east/shop'])
    expect(graph.edges).toHaveLength(1)
    expect(graph.edges[0]).toMatchObject({
      from: 'east/shop/Namespace/shop',
      port: 0,
      merged: 2,
      health: 'failing',
      why: '1 of 2 failing: 10.0 % of responses are server errors',
    })
    expect(graph.edges[0]?.figures).toMatchObject({ requests: 400, serverErrors: 10, errorRatio: 0.025 })
    expect(graph.nodes.find((node) => node.type === 'namespace')).toMatchObject({ members: 2, incoming: null })
  })
  test('shows workloads without traffic as unknown', () => {
    const graph = buildGraph(world([], { inventory: [item(web)] }), { level: 'workload' })
    expect(graph.nodes).toMatchObject([{ name: 'web', health: 'unknown', incoming: null, outgoing: null }])
  })
  test('draws the Service in front where exactly one is', () => {
    const graph = buildGraph(
      world([edge(web, cart, [http(50)]), edge(external('Internet'), web, [http(50)])], {
        inventory: [item(web, ['web', 'web-internal']), item(cart, ['cart-api'])],
      }),
      { level: 'service' },
    )
    expect(graph.nodes.map((node) => `${node.kind} ${node.name}`)).toEqual([
      'External Internet',
      'Deployment web',
      'Service cart-api',
    ])
  })
  test('folds everything by size until the viewer opens a namespace', () => {
    const edges = Array.from({ length: 6 }, (_, i) =>
      edge(workload(`a${i}`), workload(`b${i}`, 'bank'), [flows(i + 1)]),
    )
    const closed = buildGraph(world(edges), { level: 'workload', foldAbove: 10 })
    expect(closed).toMatchObject({
      foldedBySize: true,
      folded: ['east/bank', 'east/shop'],
      total: { nodes: 2, edges: 1 },
    })
    const open = buildGraph(world(edges), { level: 'workload', foldAbove: 10, unfold: ['east/shop'] })
    expect(open).toMatchObject({ folded: ['east/bank'], total: { nodes: 7, edges: 6 } })
  })
  test('caps edges to the unwell and the strongest, and says how many there are', () => {
    const graph = buildGraph(
      world([
        edge(web, cart, [flows(1000)]),
        edge(web, ledger, [flows(10)]),
        edge(cart, ledger, [flows(1, { verdict: 'denied' })]),
      ]),
      { level: 'workload', maxEdges: 2 },
    )
    expect(graph.edges.map((e) => [e.from, e.to])).toEqual([
      [endpointKey(cart), endpointKey(ledger)],
      [endpointKey(web), endpointKey(cart)],
    ])
    expect(graph.total.edges).toBe(3)
  })
})
