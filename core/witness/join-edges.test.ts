import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fuse } from './fuse'
import { joinEdges } from './join-edges'
import { storedIds, type WorldEdge } from '../world'
import { edge, external, flows, http, item, row, workload } from '../world-fixture'

const [web, cart] = [workload('web'), workload('cart')]
const unknown = { cluster: 'east', namespace: '', kind: 'Unknown', name: 'unknown' }
const vague = { ...cart, kind: 'Workload' }
const istio = { source: 'prometheus:istio', reporter: 'destination' } as const
const tcp = (n: number, parts = {}) => row({ ...istio, ...parts }, { flows: n, connections: n, bytesSent: 100 })

const shown = (edges: readonly WorldEdge[]) =>
  edges.map(({ edge: { from, to, port }, rows }) => {
    const { tally } = fuse(rows)
    return [`${from.name} > ${to.kind}/${to.name}:${port}`, tally.requests, tally.flows]
  })

describe('edges that are the same traffic', () => {
  test.each<[string, WorldEdge[], unknown]>([
    [
      'proxy metrics without a port join the only port that flows saw',
      [edge(web, cart, [flows(50)]), edge(web, cart, [http(20, 0, null, istio)], { port: 0 })],
      [['web > Deployment/cart:8080', 20, 50]],
    ],
    [
      'with several ports the application protocol tells which',
      [
        edge(web, cart, [flows(50), http(5)]),
        edge(web, cart, [flows(9)], { port: 9090 }),
        edge(web, cart, [http(20, 0, null, istio)], { port: 0 }),
      ],
      [
        ['web > Deployment/cart:8080', 20, 50],
        ['web > Deployment/cart:9090', null, 9],
      ],
    ],
    [
      'several ports and nothing that tells: it stands for itself',
      [
        edge(web, cart, [flows(50)]),
        edge(web, cart, [flows(9)], { port: 9090 }),
        edge(web, cart, [tcp(3)], { port: 0 }),
      ],
      [
        ['web > Deployment/cart:8080', null, 50],
        ['web > Deployment/cart:9090', null, 9],
        ['web > Deployment/cart:0', null, 3],
      ],
    ],
    [
      'HBONE carries the real port; its pooled connections are not counted there',
      [edge(web, cart, [flows(2)], { port: 15_008 }), edge(web, cart, [tcp(40)])],
      [['web > Deployment/cart:8080', null, 40]],
    ],
    [
      'a tunnel and an edge without a port are one, where no port is known',
      [edge(web, cart, [flows(2)], { port: 15_008 }), edge(web, cart, [tcp(40)], { port: 0 })],
      [['web > Deployment/cart:0', null, 40]],
    ],
    [
      'a tunnel that nobody looked into stands for itself',
      [edge(web, cart, [flows(2)], { port: 15_008 })],
      [['web > Deployment/cart:15008', null, 2]],
    ],
    [
      'what was refused in the tunnel stays refused',
      [
        edge(web, cart, [flows(2, { verdict: 'denied', reason: 'POLICY_DENIED' })], { port: 15_008 }),
        edge(web, cart, [tcp(40)]),
      ],
      [['web > Deployment/cart:8080', null, 2]],
    ],
    [
      'a workload of unknown kind is the only one of that name',
      [edge(web, cart, [flows(50)]), edge(web, vague, [http(20, 0, null, istio)])],
      [['web > Deployment/cart:8080', 20, 50]],
    ],
    [
      'unless two kinds have the name',
      [
        edge(web, cart, [flows(50)]),
        edge(cart, { ...cart, kind: 'StatefulSet' }, [flows(1)]),
        edge(web, vague, [http(20, 0, null, istio)]),
      ],
      [
        ['web > Deployment/cart:8080', null, 50],
        ['cart > StatefulSet/cart:8080', null, 1],
        ['web > Workload/cart:8080', 20, null],
      ],
    ],
    [
      'an outside party whom a source does not name is the only one that another named',
      [
        edge(web, external('api'), [flows(9)], { port: 443 }),
        edge(web, external('Internet'), [flows(5, { source: 'goldmane' })], { port: 443 }),
      ],
      [['web > External/api:443', null, 5]],
    ],
    [
      'not where the source names outside parties',
      [
        edge(web, external('api'), [flows(9)], { port: 443 }),
        edge(web, external('Internet'), [flows(5)], { port: 443 }),
      ],
      [
        ['web > External/api:443', null, 9],
        ['web > External/Internet:443', null, 5],
      ],
    ],
    [
      'a caller whom only flows can name',
      [edge(web, cart, [flows(50)]), edge(unknown, cart, [http(20, 0, null, istio)])],
      [['web > Deployment/cart:8080', 20, 50]],
    ],
    [
      'a caller whom its own proxy names and the callee’s cannot',
      [
        edge(web, cart, [flows(50), http(21, 0, null, { ...istio, reporter: 'source' })]),
        edge(unknown, cart, [http(20, 0, null, istio)]),
      ],
      [['web > Deployment/cart:8080', 20, 50]],
    ],
    [
      'never a machine, which probes everything',
      [
        edge({ ...unknown, kind: 'Node', name: 'n1' }, cart, [flows(2)]),
        edge(unknown, cart, [http(20, 0, null, istio)]),
      ],
      [
        ['n1 > Deployment/cart:8080', null, 2],
        ['unknown > Deployment/cart:8080', 20, null],
      ],
    ],
    [
      'several callers whose own witnesses have counted the calls: they are not counted again',
      [
        edge(web, cart, [http(12, 0, null, { ...istio, reporter: 'source' })]),
        edge(external('cron'), cart, [http(9, 0, null, { source: 'otlp', reporter: 'source' })]),
        edge(unknown, cart, [http(20, 0, null, istio)]),
      ],
      [
        ['web > Deployment/cart:8080', 12, null],
        ['cron > Deployment/cart:8080', 9, null],
      ],
    ],
    [
      'not where two may have called',
      [
        edge(web, cart, [flows(50)]),
        edge(external('cron'), cart, [flows(5)]),
        edge(unknown, cart, [http(20, 0, null, istio)]),
      ],
      [
        ['web > Deployment/cart:8080', null, 50],
        ['cron > Deployment/cart:8080', null, 5],
        ['unknown > Deployment/cart:8080', 20, null],
      ],
    ],
    [
      'not a caller whom the callee’s proxy knows by name',
      [edge(web, cart, [flows(50), http(30, 0, null, istio)]), edge(unknown, cart, [http(20, 0, null, istio)])],
      [
        ['web > Deployment/cart:8080', 30, 50],
        ['unknown > Deployment/cart:8080', 20, null],
      ],
    ],
    [
      'different ports, protocols and directions stay apart',
      [
        edge(web, cart, [flows(1)]),
        edge(cart, web, [flows(2)]),
        edge(web, cart, [flows(3)], { protocol: 'udp', port: 53 }),
      ],
      [
        ['web > Deployment/cart:8080', null, 1],
        ['cart > Deployment/web:8080', null, 2],
        ['web > Deployment/cart:53', null, 3],
      ],
    ],
  ])('%s', (_, edges, expected) => {
    expect(shown(joinEdges(edges, []))).toEqual(expected)
  })

  test('the inventory tells the kind, too', () => {
    expect(shown(joinEdges([edge(web, vague, [flows(1)])], [item(cart)]))).toEqual([
      ['web > Deployment/cart:8080', null, 1],
    ])
  })
})

const ends = [web, cart, vague, unknown, external('api'), external('Internet')]
const anyEdge = fc
  .record({
    from: fc.constantFrom(...ends),
    to: fc.constantFrom(...ends),
    port: fc.constantFrom(0, 80, 8080, 15_008),
    rows: fc.array(
      fc.oneof(
        fc.nat(9).map((n) => flows(n)),
        fc.nat(9).map((n) => http(n, 0, null, istio)),
        fc.nat(9).map((n) => tcp(n)),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  })
  .map(({ from, to, port, rows }) => edge(from, to, rows, { port }))
const anyEdges = fc.uniqueArray(anyEdge, {
  maxLength: 12,
  selector: ({ edge: { from, to, port } }) => `${from.kind}${from.name}>${to.kind}${to.name}:${port}`,
})
const sorted = (edges: readonly WorldEdge[]) =>
  edges.map((each) => `${storedIds(each).join()} ${shown([each]).join()}`).toSorted()

describe('laws', () => {
  test('every stored edge is in exactly one joined edge', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const ids = joinEdges(edges, []).flatMap(storedIds)
        expect(ids.toSorted((a, b) => a - b)).toEqual(edges.map((each) => each.edge.id).toSorted((a, b) => a - b))
      }),
    )
  })
  test('no request is added, none is lost but those that are counted elsewhere, and joining again changes nothing', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const requests = (all: readonly WorldEdge[]) =>
          all.flatMap(({ rows }) => rows).reduce((sum, each) => sum + (each.requests ?? 0), 0)
        const joined = joinEdges(edges, [])
        expect(requests(joined)).toBeLessThanOrEqual(requests(edges))
        if (!edges.some(({ edge }) => edge.from === unknown)) expect(requests(joined)).toBe(requests(edges))
        expect(sorted(joinEdges(joined, []))).toEqual(sorted(joined))
      }),
    )
  })
  test('the order of the edges does not matter', () => {
    fc.assert(
      fc.property(anyEdges, fc.infiniteStream(fc.nat()), (edges, order) => {
        const shuffled = edges.map((each) => ({ each, at: order.next().value ?? 0 })).toSorted((a, b) => a.at - b.at)
        expect(
          sorted(
            joinEdges(
              shuffled.map(({ each }) => each),
              [],
            ),
          ),
        ).toEqual(sorted(joinEdges(edges, [])))
      }),
    )
  })
})
