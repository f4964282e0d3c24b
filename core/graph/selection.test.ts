import { describe, expect, it } from 'vitest'
import { buildGraph } from './build-graph'
import { endpointKey } from '../endpoint'
import { levels } from './graph'
import { selectEdges } from './selection'
import { external, flows, workload } from '../world-fixture'
import type { World } from '../world'

const web = workload('web')
const cart = workload('cart')
const db = workload('db', 'data', 'arn:aws:eks/prod')
const edge = (id: number, from: typeof web, to: typeof web, port = 80) => ({
  edge: { id, from, to, port, protocol: 'tcp' as const },
  rows: [flows(id)],
})
const world: World = {
  window: { from: 0, to: 60_000 },
  coveredSeconds: 60,
  clusterSeconds: new Map(),
  sourceSeconds: new Map(),
  edges: [
    edge(1, web, cart),
    edge(2, web, cart, 8080),
    edge(3, cart, db, 5432),
    edge(4, cart, external('api|odd.example')),
  ],
  teams: new Map([['east/shop', 'checkout']]),
  inventory: [{ endpoint: cart, services: ['cart-front'], pods: 2, role: null, app: null }],
  gaps: [],
  sources: [],
}
const ids = (edges: readonly { readonly edge: { readonly id: number } }[]) => edges.map(({ edge }) => edge.id)

describe('selectEdges', () => {
  it('finds what comes in to a node and what goes out', () => {
    const { incoming, outgoing } = selectEdges(world, endpointKey(cart))
    expect([ids(incoming), ids(outgoing)]).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  it.each(levels)('finds traffic under every node and edge drawn at level %s, also where folded', (level) => {
    for (const fold of [[], ['east/shop'], ['arn:aws:eks/prod/data'], ['east/shop', 'arn:aws:eks/prod/data']]) {
      const graph = buildGraph(world, { level, fold })
      for (const drawn of graph.edges) expect(ids(selectEdges(world, drawn.id).incoming)).toHaveLength(drawn.merged)
      for (const node of graph.nodes) {
        const { incoming, outgoing } = selectEdges(world, node.id)
        expect(incoming.length + outgoing.length, node.id).toBeGreaterThan(0)
      }
    }
  })

  it('is empty for what is not there', () => {
    expect(selectEdges(world, 'east/shop/Deployment/nobody')).toEqual({ incoming: [], outgoing: [] })
  })
})
