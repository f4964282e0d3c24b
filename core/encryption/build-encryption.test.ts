import { describe, expect, it } from 'vitest'
import { redactWorld } from '../redact'
import { scopeOf } from '../scope'
import { edge, external, http, item, row, workload, world } from '../world-fixture'
import type { WorldEdge } from '../world'
import { buildEncryption } from './build-encryption'
import { classifyWorld } from './classify-world'
import { totalOf } from './coverage'
import { ground, node, over, placed, pods } from './ground-fixture'

const [web, cart, db, waypoint] = [
  workload('web'),
  workload('cart'),
  workload('postgres', 'data'),
  workload('waypoint', 'shop'),
]
const api = external('api.example.com')
const machine = (name: string) => ({ cluster: 'east', namespace: '', kind: 'Node', name })

const bytes = (n: number) => row({ source: 'goldmane' }, { connections: 1, bytesSent: n })
const istio = (n: number) => http(n, 0, null, { source: 'prometheus:istio', encryption: 'mtls' })

const known = ground(
  [
    placed(web, pods('n1', 'sidecar')),
    placed(cart, pods('n2', 'sidecar')),
    placed(db, pods('n3')),
    placed(waypoint, pods('n1', 'gateway')),
  ],
  [node('n1'), node('n2'), node('n3', '')],
  { namespaces: new Map([['east/shop', { labels: { 'istio-injection': 'enabled' }, annotations: {} }]]) },
)

const edges: readonly WorldEdge[] = [
  edge(web, cart, [istio(100), bytes(600)]),
  edge(cart, db, [bytes(300)], { port: 5432 }),
  edge(web, api, [bytes(100)], { port: 443 }),
  edge(cart, cart, [bytes(50)]),
]
const answer = (more: readonly WorldEdge[] = [], unit: 'bytes' | 'requests' = 'bytes') => {
  const seen = world([...edges, ...more], {
    ground: known,
    teams: new Map([['east/shop', 'checkout']]),
    inventory: [item(waypoint, [], 1, 'waypoint')],
  })
  return buildEncryption(seen, classifyWorld(seen), unit)
}

describe('how much is encrypted', () => {
  it('adds the classes of all edges up, with their bounds', () => {
    const { amounts, coverage, edges: counts } = answer()
    expect(amounts).toMatchObject({ 'mtls+tunnel': 600, plaintext: 300, tls: 100, unknown: 50 })
    expect(coverage).toEqual({ least: 700 / 1000, most: 750 / 1050 })
    expect(counts).toEqual({ counted: 4, withoutUnit: 0, plaintext: 1, unknown: 1, carriers: 0 })
  })

  it('tells how many edges nobody told the unit of', () => {
    expect(answer([], 'requests').edges).toMatchObject({ counted: 1, withoutUnit: 3 })
  })

  it('leaves out messages, which go through a broker that is seen by itself', () => {
    const message = row({ source: 'otlp', l7: 'kafka', hop: 'open' }, { requests: 40, responses: 40 })
    const { edges: counts, amounts } = answer([edge(web, db, [message], { port: 0 })], 'requests')
    expect(counts).toMatchObject({ counted: 1, plaintext: 0, carriers: 1 })
    expect(amounts.plaintext).toBe(0)
    expect(answer([edge(web, db, [message], { port: 9092 })], 'requests').edges.counted).toBe(2)
  })

  it('tells each layer alone', () => {
    const { identity, way } = answer().layers
    expect(identity).toMatchObject({ mtls: 600, tls: 100, none: 300, unknown: 50 })
    expect(way).toMatchObject({ tunnel: 600, open: 400, sameNode: 50, unknown: 0 })
    expect(way.coverage).toEqual({ least: 0.6, most: 0.6 })
  })

  it('counts an edge for both of its namespaces, once within one', () => {
    const { groups, matrix, teams, clusters, amounts } = answer()
    const totals = Object.fromEntries(groups.map(({ id, amounts: own }) => [id, totalOf(own)]))
    expect(totals).toEqual({ 'east/shop': 1050, 'east/data': 300, outside: 100 })
    expect(groups.map(({ team }) => team)).toEqual(['checkout', null, null])
    expect(matrix.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'east/shop east/shop',
      'east/shop east/data',
      'east/shop outside',
    ])
    expect(matrix.reduce((sum, cell) => sum + totalOf(cell.amounts), 0)).toBe(totalOf(amounts))
    expect(teams.map(({ id }) => id)).toEqual(['checkout'])
    expect(clusters.map(({ id, edges: n }) => [id, n])).toEqual([['east', 4]])
  })

  it('counts what crosses a scope, and makes no cluster of what is outside', () => {
    const seen = redactWorld(world(edges, { ground: known }), scopeOf([['east', 'shop']]))
    const { clusters, groups, amounts } = buildEncryption(seen, classifyWorld(seen), 'bytes')
    expect(clusters.map(({ id, edges: n }) => [id, n])).toEqual([['east', 4]])
    expect(groups.map(({ id }) => id)).toEqual(['east/shop', 'hidden', 'outside'])
    expect(totalOf(amounts)).toBe(1050)
  })

  it('lists plaintext with why, and what mends it', () => {
    expect(answer().plaintext).toMatchObject([
      {
        to: db,
        rates: { bytes: 3, requests: null },
        why: 'namespace data is not meshed; node n3 has no tunnel key',
        mend: { code: 'mesh-namespace', cluster: 'east', subject: ['data'], words: 'Mesh the namespace' },
      },
    ])
  })

  it('lists what has no evidence, with why', () => {
    expect(answer().unknown).toMatchObject([{ from: cart, to: cart, cause: 'nobody-tells' }])
  })

  it('leaves tunnels between nodes and ways through waypoints out: what they carry is counted', () => {
    const carriers = [
      edge(machine('n1'), machine('n2'), [row({ source: 'felix', encryption: 'wireguard' }, { bytesSent: 9999 })], {
        port: 51_820,
        protocol: 'udp',
      }),
      edge(web, waypoint, [istio(70)], { port: 15_008 }),
      edge(web, db, [http(70, 0, null, { source: 'prometheus:istio', reporter: 'waypoint', encryption: 'mtls' })]),
    ]
    const { edges: counts, amounts } = answer(carriers, 'requests')
    expect(counts.carriers).toBe(2)
    expect(totalOf(amounts)).toBe(170)
  })

  it('claims less, not more, of an edge whose proxies are silent', () => {
    const silent = edge(web, cart, [over('unknown', bytes(600))], { port: 9000 })
    expect(answer([silent]).amounts).toMatchObject({ tunnel: 600, 'mtls+tunnel': 600 })
  })
})
