import { describe, expect, test } from 'vitest'
import { buildGraph } from './build-graph'
import { parseFilter } from '../filter/filter-parse'
import { edge, flows, http, item, row, workload, world } from '../world-fixture'

const [web, cart, waypoint, gate] = [workload('web'), workload('cart'), workload('waypoint'), workload('gate')]
const bank = workload('books', 'bank')
const istio = (reporter: 'destination' | 'source' | 'waypoint') => ({ source: 'prometheus:istio', reporter }) as const
const inventory = [item(web), item(cart), item(waypoint, [], 1, 'waypoint'), item(gate, [], 1, 'gateway')]
const drawn = (edges: Parameters<typeof world>[0], filter = '') =>
  buildGraph(world(edges, { inventory }), { level: 'workload', filter: parseFilter(filter).filter, isolated: false })
const names = (graph: ReturnType<typeof buildGraph>) =>
  graph.edges.map(({ from, to }) => `${from.split('/').at(-1)} > ${to.split('/').at(-1)}`)

describe('waypoints', () => {
  const way = [edge(web, waypoint, [flows(9)], { port: 15_008 }), edge(waypoint, cart, [flows(9)], { port: 15_008 })]
  const real = edge(web, cart, [http(40, 0, null, istio('waypoint'))])

  test('are left out where they told of the real pair: a call is drawn once', () => {
    expect(names(drawn([...way, real]))).toEqual(['web > cart'])
    expect(drawn([...way, real]).nodes.map(({ name }) => name)).toEqual(['cart', 'web'])
  })
  test('count at the waypoint and not again at both ends, folded or not', () => {
    const both = world([...way, real, edge(cart, gate, [flows(3)])], { inventory })
    const { nodes } = buildGraph(both, { level: 'workload', filter: parseFilter('name:*').filter })
    expect(nodes.map(({ name, incoming, outgoing }) => [name, incoming?.flowRate, outgoing?.flowRate])).toEqual([
      ['cart', null, 0.03],
      ['gate', 0.03, undefined],
      ['waypoint', 0.09, 0.09],
      ['web', undefined, null],
    ])
    const out = edge(workload('mobile', 'edge'), cart, [http(40, 0, null, istio('waypoint'))])
    const in15008 = edge(workload('mobile', 'edge'), waypoint, [flows(7)], { port: 15_008 })
    const folded = buildGraph(world([...way, out, in15008], { inventory }), { level: 'workload', fold: ['east/shop'] })
    expect(folded.nodes.find(({ name }) => name === 'shop')?.incoming).toMatchObject({ requests: 40, flowRate: null })
  })
  test('are drawn where nobody told of the real pair', () => {
    expect(names(drawn(way)).toSorted()).toEqual(['waypoint > cart', 'web > waypoint'])
  })
  test('are drawn where the filter names them', () => {
    expect(names(drawn([...way, real], 'name:waypoint')).toSorted()).toEqual(['waypoint > cart', 'web > waypoint'])
  })
})

test('a gateway is told as what it is', () => {
  const { nodes } = drawn([edge(gate, web, [flows(1)])])
  expect(Object.fromEntries(nodes.map(({ name, role }) => [name, role]))).toEqual({ gate: 'gateway', web: null })
})

test('a line of several edges names the witness first that is the first of most, also where none counted anything', () => {
  const by = (...sources: string[]) => sources.map((source) => row({ source, reporter: 'source' }, {}))
  const folded = world([
    edge(web, gate, by('otlp', 'als'), { port: 1 }),
    edge(web, cart, by('otlp'), { port: 2 }),
    edge(web, waypoint, by('otlp'), { port: 3 }),
  ])
  const far = { ...folded, edges: folded.edges.map((each) => ({ ...each, edge: { ...each.edge, from: bank } })) }
  const { edges } = buildGraph(far, { level: 'namespace' })
  expect(edges.map(({ witnesses }) => witnesses)).toEqual([['otlp/source', 'als/source']])
})

describe('an edge says', () => {
  const edges = [
    edge(web, cart, [
      flows(50),
      http(20, 0, 5, istio('destination')),
      row(istio('source'), { connections: 3, bytesSent: 10, bytesReceived: 20 }),
    ]),
    edge(web, gate, [flows(5)]),
  ]
  test('who told each figure, and where it was seen', () => {
    const graph = drawn(edges)
    expect(graph.views).toEqual(['flows', 'proxies'])
    expect(graph.edges.find(({ to }) => to.endsWith('/cart'))).toMatchObject({
      told: {
        requests: 'prometheus:istio/destination',
        responses: 'prometheus:istio/destination',
        flows: 'hubble/destination',
        connections: 'prometheus:istio/source',
        bytes: 'prometheus:istio/source',
      },
      passedOver: [],
      seen: ['flows', 'proxies'],
    })
  })
  test('that flows saw it and no proxy did, which a filter finds', () => {
    expect(names(drawn(edges, 'seen:flows !seen:proxies'))).toEqual(['web > gate'])
    expect(names(drawn(edges, 'source:istio'))).toEqual(['web > cart'])
    expect(names(drawn(edges, 'source:prometheus'))).toEqual(['web > cart'])
  })
  test('that a source was away', () => {
    const both = [edge(web, cart, [http(60, 0, null), http(20, 0, null, istio('destination'))])]
    const sourceSeconds = new Map([
      [
        'east',
        new Map([
          ['prometheus', 30],
          ['hubble', 100],
        ]),
      ],
    ])
    const [only] = buildGraph(world(both, { sourceSeconds }), { level: 'workload' }).edges
    expect(only).toMatchObject({
      figures: { requests: 60 },
      told: { requests: 'hubble/destination' },
      passedOver: ['prometheus:istio/destination'],
    })
  })
})
