import { describe, expect, it } from 'vitest'
import { fuse } from '../witness/fuse'
import { outside } from '../redact'
import { timeShares } from './time-shares'
import { edge, external, flows, http, workload } from '../world-fixture'
import type { Endpoint } from '../endpoint'
import type { EdgeRow } from '../world'

const [web, cart, db] = [workload('web'), workload('cart'), workload('cart-db')]
const istio = (n: number, ms: number, reporter: 'source' | 'destination' = 'destination') =>
  http(n, 0, ms, { source: 'prometheus:istio', reporter })
const timed = (from: Endpoint, to: Endpoint, ...rows: EdgeRow[]) => {
  const worldEdge = edge(from, to, rows)
  return { worldEdge, ...fuse(rows) }
}

const near = (value: number | null | undefined, expected: number) =>
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThan(expected * 0.05)

describe('where the time goes', () => {
  it('is the mean of each callee times its calls a request, and the rest is the service itself', () => {
    const shares = timeShares([timed(web, cart, istio(100, 200))], [timed(cart, db, istio(300, 50, 'source'))])
    near(shares?.requestMs, 200)
    expect(shares?.callees[0]).toMatchObject({ callsPerRequest: 3, exact: true })
    near(shares?.callees[0]?.perRequestMs, 150)
    near(shares?.ownMs, 200 - 150)
  })

  it('uses what the caller waited, not what the callee took', () => {
    const both = timed(cart, db, istio(100, 90, 'source'), istio(100, 10))
    near(timeShares([timed(web, cart, istio(100, 200))], [both])?.callees[0]?.perRequestMs, 90)
  })

  it('does not compare the counts of a sample with those of all', () => {
    const sampled = timed(cart, external('bank'), http(5, 0, 80, { source: 'otlp', reporter: 'source' }))
    const [bank] = timeShares([timed(web, cart, istio(100, 200))], [sampled])?.callees ?? []
    expect(bank).toMatchObject({ callsPerRequest: 1, exact: false })
    const spans = http(5, 0, 190, { source: 'otlp' })
    const [again] = timeShares([timed(web, cart, istio(100, 200), spans)], [sampled])?.callees ?? []
    expect(again).toMatchObject({ callsPerRequest: 1, exact: true })
  })

  it('has what is outside of a scope once for each port', () => {
    const to = (ms: number, n: number) => timed(cart, outside, istio(n, ms, 'source'))
    const rows = [istio(100, 10, 'source')]
    const other = { worldEdge: edge(cart, outside, rows, { port: 9 }), ...fuse(rows) }
    const shares = timeShares([timed(web, cart, istio(100, 400))], [to(80, 100), to(20, 200), other])
    expect(shares?.callees.map(({ port, callsPerRequest, exact }) => [port, callsPerRequest, exact])).toEqual([
      [8080, 3, true],
      [9, 1, true],
    ])
    near(shares?.callees[0]?.perRequestMs, 80 + 2 * 20)
    near(shares?.callees[0]?.p95, 80)
  })

  it('says that calls overlap where the parts are more than the whole', () => {
    const shares = timeShares(
      [timed(web, cart, istio(100, 100))],
      [timed(cart, db, istio(100, 80, 'source')), timed(cart, workload('cache'), istio(100, 90, 'source'))],
    )
    expect(shares?.ownMs).toBeNull()
    expect(shares?.callees.map(({ other }) => other.name)).toEqual(['cache', 'cart-db'])
  })

  it('names callees of which nobody measured a latency', () => {
    const shares = timeShares([timed(web, cart, istio(100, 200))], [timed(cart, db, flows(50))])
    expect(shares?.untold).toEqual([db])
    near(shares?.ownMs, 200)
  })

  it('is unknown where nobody measured what comes in', () => {
    expect(timeShares([timed(web, cart, flows(10))], [timed(cart, db, istio(300, 50))])).toBeNull()
  })
})
