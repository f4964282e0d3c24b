import { describe, expect, it } from 'vitest'
import { buildOperations } from './build-operations'
import type { Operation, OperationRow } from './operation'
import type { Facet, WorldEdge } from '../world'
import { edge, facet, http, row, sketchOf, workload, world } from '../world-fixture'

const web = workload('web')
const cart = workload('cart')
const mesh: Partial<Facet> = { source: 'prometheus:istio', l7: 'http' }
const als: Partial<Facet> = { source: 'als', l7: 'http' }
const spans: Partial<Facet> = { source: 'otlp', l7: 'http', verdict: 'unknown' }

const counted = (
  { edge: { id } }: WorldEdge,
  of: Partial<Facet>,
  operation: Partial<Operation>,
  requests: number,
  parts: Partial<OperationRow> = {},
): OperationRow => ({
  edgeId: id,
  facet: facet(of),
  operation: { name: '', code: '', flags: '', ...operation },
  requests,
  responses: requests,
  clientErrors: 0,
  serverErrors: 0,
  latency: null,
  ...parts,
})

const build = (edges: readonly WorldEdge[], rows: readonly OperationRow[]) =>
  buildOperations(world(edges), edges, { rows })
const names = (answer: ReturnType<typeof build>) => answer.operations.map(({ name, requests }) => [name, requests])
const codes = (answer: ReturnType<typeof build>) =>
  answer.codes.map(({ code, share }) => [code, Math.round(share * 100)])

describe('operations', () => {
  it('have rate, errors, percentiles and codes of their own', () => {
    const call = edge(web, cart, [http(100, 8, 20, als)])
    const answer = build(
      [call],
      [
        counted(call, als, { name: 'GET /a', code: '200' }, 60, { latency: sketchOf(10, 60) }),
        counted(call, als, { name: 'GET /b', code: '200' }, 32, { latency: sketchOf(40, 32) }),
        counted(call, als, { name: 'GET /b', code: '503' }, 8, { serverErrors: 8, latency: sketchOf(900, 8) }),
      ],
    )
    const [a, b] = answer.operations
    expect(a).toMatchObject({ name: 'GET /a', requestRate: 0.6, errorRatio: 0, health: 'healthy' })
    expect(b).toMatchObject({ name: 'GET /b', requestRate: 0.4, errorRatio: 0.2, health: 'failing' })
    expect(b?.p95).toBeGreaterThan(800)
    expect(b?.codes).toMatchObject([
      { code: '200', share: 0.8, blame: null },
      { code: '503', share: 0.2, blame: 'callee' },
    ])
    expect(codes(answer)).toEqual([
      ['200', 92],
      ['503', 8],
    ])
    expect(answer.told).toEqual({ operations: ['als/destination'], codes: ['als/destination'] })
  })

  it('are told by one witness: reporters of the same calls are not added', () => {
    const call = edge(web, cart, [
      http(10, 0, null, als),
      http(10, 0, null, { ...als, reporter: 'source' }),
      http(10, 0, null, spans),
    ])
    const name = { name: 'GET /a', code: '200' }
    const rows = [
      counted(call, { ...als, reporter: 'source' }, name, 10),
      counted(call, als, name, 10),
      counted(call, spans, { name: 'GET /a/:id', code: '200' }, 10),
    ]
    expect(names(build([call], rows))).toEqual([['GET /a', 10]])
    expect(names(build([call], rows.toReversed()))).toEqual([['GET /a', 10]])
  })

  it('add up to the requests of the edge: what is not told by operation stays in sight', () => {
    const call = edge(web, cart, [http(100, 10, 20, mesh), http(30, 0, 20, spans)])
    const answer = build(
      [call],
      [
        counted(call, mesh, { code: '200' }, 90),
        counted(call, mesh, { code: '503', flags: 'UC' }, 10, { serverErrors: 10 }),
        counted(call, spans, { name: 'GET /a' }, 30),
      ],
    )
    expect(names(answer)).toEqual([
      ['GET /a', 30],
      ['', 70],
    ])
    expect(answer.operations.at(-1)).toMatchObject({ serverErrors: 10, p95: null })
    expect(answer.told).toEqual({ operations: ['otlp/destination'], codes: ['prometheus:istio/destination'] })
    expect(answer.flags).toEqual([
      { flag: 'UC', meaning: 'the callee closed the connection', requests: 10, share: 0.1 },
    ])
  })

  it('without any told by name are one row with the figures of the edge', () => {
    const call = edge(web, cart, [http(10, 1, 20, mesh)])
    const answer = build([call], [counted(call, mesh, { code: '200' }, 9), counted(call, mesh, { code: '503' }, 1)])
    expect(names(answer)).toEqual([['', 10]])
    expect(answer.operations[0]?.p95).toBeCloseTo(20, -1)
  })

  it('of several edges are added, and codes that are not told are said', () => {
    const one = edge(web, cart, [http(10, 0, null, als)])
    const other = edge(workload('bff'), cart, [http(30, 0, null, mesh)])
    const answer = build([one, other], [counted(one, als, { name: 'GET /a', code: '200' }, 10)])
    expect(names(answer)).toEqual([
      ['GET /a', 10],
      ['', 30],
    ])
    expect(codes(answer)).toEqual([
      ['200', 25],
      ['', 75],
    ])
  })

  it('hold rows of all edges that were joined, and none of facets that the World has not', () => {
    const call: WorldEdge = { ...edge(web, cart, [http(10, 0, null, als)]), joined: [9_001] }
    const joined = { ...counted(call, als, { name: 'GET /a' }, 4), edgeId: 9_001 }
    expect(names(build([call], [joined, counted(call, als, { name: 'GET /a' }, 6)]))).toEqual([['GET /a', 10]])
    expect(build([edge(web, cart, [row({}, { flows: 5 })])], [])).toMatchObject({ operations: [], codes: [] })
  })

  it('beyond what an answer holds are one, and nothing is lost', () => {
    const call = edge(web, cart, [http(900, 0, null, als)])
    const rows = Array.from({ length: 900 }, (_, n) => counted(call, als, { name: `GET /${'x'.repeat(n % 7)}${n}` }, 1))
    const answer = build([call], rows)
    expect(answer.operations.length).toBeLessThanOrEqual(501)
    expect(answer.operations.at(-1)?.name).toBe('(other)')
    expect(answer.operations.reduce((sum, { requests }) => sum + (requests ?? 0), 0)).toBe(900)
  })

  it('can be asked for of one protocol', () => {
    const call = edge(web, cart, [http(5, 0, null, als), http(7, 0, null, { ...als, l7: 'grpc' })])
    const rows = [counted(call, als, { name: 'GET /a' }, 5), counted(call, { ...als, l7: 'grpc' }, { name: 's/M' }, 7)]
    expect(names(buildOperations(world([call]), [call], { rows, l7: 'grpc' }))).toEqual([['s/M', 7]])
  })
})
