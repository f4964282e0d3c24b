import { describe, expect, test } from 'vitest'
import { buildBaseline } from '../health/baseline'
import { buildGraph } from '../graph/build-graph'
import { buildService } from '../services/build-service'
import { buildServices } from '../services/build-services'
import { countedOnce, detoursOf } from './detours'
import { indexTraffic } from './traffic'
import { selectCounted, selectEdges } from '../graph/selection'
import type { WorldEdge } from '../world'
import { edge, flows, http, item, workload, world } from '../world-fixture'

const [web, cart, waypoint] = [workload('web'), workload('cart'), workload('waypoint')]
const inventory = [item(web), item(cart), item(waypoint, [], 1, 'waypoint')]
const waypointTold = { source: 'prometheus:istio', reporter: 'waypoint' } as const

const there = edge(web, waypoint, [http(40, 4), flows(9)], { port: 15_008 })
const onwards = edge(waypoint, cart, [http(40, 4), flows(9)])
const real = edge(web, cart, [http(40, 4, null, waypointTold)])
const mesh = world([there, onwards, real], { inventory })

test('a detour is told by its waypoint end, and is none where nobody told of the real pair', () => {
  expect(detoursOf(mesh)).toEqual(
    new Map([
      [there.edge, 'to'],
      [onwards.edge, 'from'],
    ]),
  )
  expect(detoursOf(world([there, onwards], { inventory })).size).toBe(0)
  expect(detoursOf(world([there, onwards, real], { inventory: [item(web), item(cart)] })).size).toBe(0)
})

describe('a call through a waypoint is counted once', () => {
  const options = { previous: null, steps: [], stepMs: 10_000 }
  test('in the services list as on the map', () => {
    const rows = buildServices(mesh, options)
    const listed = rows.map(({ name, figures, callers, callees }) => [
      name,
      figures?.requests ?? null,
      callers,
      callees,
    ])
    expect(listed).toEqual([
      ['cart', 40, 1, 0],
      ['waypoint', 40, 1, 1],
      ['web', null, 0, 1],
    ])
    const drawn = buildGraph(mesh, { level: 'workload' }).nodes
    for (const { id, incoming } of drawn) expect(rows.find((row) => row.id === id)?.figures).toEqual(incoming)
  })

  test('on the page of a service, and of the waypoint itself', () => {
    const pageOf = (self: typeof web) => {
      const own = mesh.edges.filter(({ edge: { from, to } }) => from === self || to === self)
      return buildService(world(own, { inventory }), self, { ...options, incomingSteps: [], outgoingSteps: [] })
    }
    const sums = [web, cart, waypoint].map((self) => {
      const { incoming, outgoing, total } = pageOf(self)
      return [incoming?.requests ?? null, outgoing?.requests ?? null, total.callers, total.callees]
    })
    expect(sums).toEqual([
      [null, 40, 0, 1],
      [40, null, 1, 0],
      [40, 40, 1, 1],
    ])
  })

  test('by blame, findings and what is usual', () => {
    const traffic = indexTraffic(mesh)
    expect(traffic.calls.map(({ edge: { from, to } }) => `${from.name} > ${to.name}`)).toEqual(['web > cart'])
    const names = [web, waypoint].map(({ name }) => traffic.outgoing(`east/shop/Deployment/${name}`).length)
    expect(names).toEqual([1, 1])
    expect(buildBaseline([mesh])?.nodes.get('east/shop/Deployment/cart')?.requestRate).toBe(0.4)
  })

  test.each<[string, WorldEdge[], WorldEdge[]]>([
    ['all', [there, onwards, real], [real]],
    ['what goes out of the caller', [there, real], [real]],
    ['what comes in to the callee', [onwards, real], [real]],
    ['what comes in to the waypoint', [there], [there]],
  ])('in charts of what a filter found: %s', (_, edges, counted) => {
    expect(countedOnce(edges, mesh)).toEqual(counted)
  })

  test('in the charts of a node; an edge that is asked for is itself', () => {
    const id = 'east/shop/Deployment/cart'
    expect([selectEdges(mesh, id), selectCounted(mesh, id)].map(({ incoming }) => incoming.length)).toEqual([2, 1])
    const way = `east/shop/Deployment/waypoint|${id}|8080|tcp`
    expect(selectCounted(mesh, way).incoming).toEqual([onwards])
  })
})
