import { describe, expect, it } from 'vitest'
import { chooseSides, clientLatency, latencySides } from './latency-sides'
import { edge, http, row, sketchOf, workload } from '../world-fixture'

const [web, cart] = [workload('web'), workload('cart')]
const istio = (reporter: 'source' | 'destination', ms: number, n = 10) =>
  http(n, 0, ms, { source: 'prometheus:istio', reporter })
const otlp = (reporter: 'source' | 'destination', ms: number, n = 10) => http(n, 0, ms, { source: 'otlp', reporter })
const als = (reporter: 'source' | 'destination', ms: number) => http(10, 0, ms, { source: 'als', reporter })
const time = { window: { from: 0, to: 20_000 }, stepMs: 10_000 }

describe('whose measurements are compared', () => {
  it.each([
    ['one source at both ends', [istio('source', 20), istio('destination', 10)], 'prometheus:istio'],
    [
      'proxies before spans',
      [otlp('source', 20), otlp('destination', 9), als('source', 2), als('destination', 1)],
      'als',
    ],
    [
      'spans where proxies are at one end only',
      [istio('destination', 8), otlp('source', 20), otlp('destination', 9)],
      'otlp',
    ],
    ['nobody where two kinds stand at the two ends', [istio('destination', 8), otlp('source', 20)], null],
    [
      'not the network, which sees no ends',
      [row({ reporter: 'source' }, { latency: sketchOf(5) }), http(1, 0, 4)],
      null,
    ],
  ])('%s', (_, rows, expected) => expect(chooseSides(rows)?.client ?? null).toBe(expected))
})

describe('the network between', () => {
  it('is the difference of the means', () => {
    const sides = latencySides([edge(web, cart, [istio('source', 200), istio('destination', 100)])], [], time)
    expect(sides.client?.mean).toBeGreaterThan(190)
    expect(sides.network).toBeCloseTo((sides.client?.mean ?? 0) - (sides.server?.mean ?? 0))
    expect(sides.by).toEqual({ client: 'prometheus:istio', server: 'prometheus:istio' })
  })

  it('leaves out edges that one side measured', () => {
    const both = edge(web, cart, [istio('source', 200), istio('destination', 100)])
    const half = edge(workload('bff'), cart, [istio('destination', 5_000)])
    expect(latencySides([both, half], [], time)).toEqual(latencySides([both], [], time))
  })

  it('is unknown where a side is missing, and never below zero', () => {
    expect(latencySides([edge(web, cart, [istio('destination', 9)])], [], time)).toMatchObject({
      client: null,
      server: null,
      network: null,
      by: null,
    })
    const odd = latencySides([edge(web, cart, [istio('source', 50), istio('destination', 80)])], [], time)
    expect(odd.network).toBe(0)
  })

  it('goes over time, unknown in a step without both', () => {
    const at = (t: number, measured: ReturnType<typeof istio>) => ({ ...measured, edgeId: 1, t })
    const steps = [at(0, istio('source', 200)), at(0, istio('destination', 100)), at(10_000, istio('source', 300))]
    const { t, clientP95, serverP95 } = latencySides([], steps, time)
    expect(t).toEqual([0, 10_000])
    expect(clientP95.map((p95) => p95 !== null)).toEqual([true, true])
    expect(serverP95.map((p95) => p95 !== null)).toEqual([true, false])
  })
})

describe('what a caller waited', () => {
  it('is its own side, by proxies before spans', () => {
    const rows = [otlp('source', 30), als('source', 20), als('destination', 10)]
    expect(clientLatency(rows)).toEqual([rows[1]?.latency])
    expect(clientLatency([als('destination', 10)])).toBeNull()
  })
})
