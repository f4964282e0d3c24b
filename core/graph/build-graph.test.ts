import { describe, expect, test } from 'vitest'
import { buildGraph, type GraphOptions } from './build-graph'
import { endpointKey } from '../endpoint'
import { parseFilter } from '../filter/filter-parse'
import { edge, external, flows, http, item, workload, world } from '../world-fixture'

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
      why: '1 of 2 failing: 10 % of responses are server errors; its limit is 5 %',
    })
    expect(graph.edges[0]?.figures).toMatchObject({ requests: 400, serverErrors: 10, errorRatio: 0.025 })
    expect(graph.nodes.find((node) => node.type === 'namespace')).toMatchObject({ members: 2, incoming: null })
  })
  test('counts a Service in a folded namespace with the workloads behind it, not beside them', () => {
    const service = { ...web, kind: 'Service', name: 'web-svc' }
    const inventory = [item(web, ['web-svc']), item(cart), item(service)]
    const graph = buildGraph(world([edge(web, cart, [http(7)])], { inventory }), {
      level: 'workload',
      fold: ['east/shop'],
    })
    expect(graph.nodes).toMatchObject([{ type: 'namespace', members: 2 }])
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

describe('machines of the cluster', () => {
  const machine = { cluster: 'east', namespace: '', kind: 'Node', name: 'node-1' }
  const other = { ...machine, name: 'node-2' }
  const probed = workload('probed')
  const all = world([
    edge(machine, web, [http(30)]),
    edge(machine, probed, [http(20)]),
    edge(machine, other, [flows(5)]),
    edge(web, cart, [http(70)]),
  ])
  const drawn = (parts: Partial<GraphOptions>) => {
    const graph = buildGraph(all, { level: 'workload', ...parts })
    return [graph.nodes.map(({ name }) => name), graph.total.edges, graph.hiddenNodes]
  }
  test('are left out with their edges and counted, and what they probe stays', () => {
    expect(drawn({})).toEqual([['cart', 'probed', 'web'], 1, 2])
  })
  test('still count in the figures of others', () => {
    const graph = buildGraph(all, { level: 'workload' })
    expect(graph.nodes.map(({ incoming }) => incoming?.requests)).toEqual([70, 20, 30])
  })
  test.each<[string, number]>([
    ['kind:node', 2],
    ['name:node-1', 2],
    ['from:node-1', 2],
    ['to:node-2', 2],
    ['node-', 2],
  ])('are drawn where the filter names them: %s', (text, machines) => {
    const graph = buildGraph(all, { level: 'workload', filter: parseFilter(text).filter })
    expect(graph.nodes.filter(({ type }) => type === 'node')).toHaveLength(machines)
  })
  test('are not named by what a filter rules out, and only those that match are counted', () => {
    expect(drawn({ filter: parseFilter('!name:node-2').filter }).at(2)).toBe(1)
    expect(drawn({ filter: parseFilter('name:cart').filter })).toEqual([['cart', 'web'], 1, 0])
  })
  test('are drawn where they are asked for', () => {
    expect(drawn({ nodes: true })).toEqual([['node-1', 'node-2', 'cart', 'probed', 'web'], 4, 0])
  })
})

test('rates are over the time that the cluster of an edge was seen', () => {
  const west = workload('web', 'shop', 'west')
  const graph = buildGraph(
    world([edge(web, cart, [http(100)]), edge(external('Internet'), west, [http(100)])], {
      clusterSeconds: new Map([
        ['east', 100],
        ['west', 50],
      ]),
    }),
    { level: 'workload' },
  )
  expect(graph.edges.map(({ to, figures }) => [to, figures.requestRate])).toEqual([
    [endpointKey(west), 2],
    [endpointKey(cart), 1],
  ])
})
