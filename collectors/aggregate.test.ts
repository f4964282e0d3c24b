import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Endpoint } from '@/core/endpoint'
import { type Counts, countOf, mergeSketch } from '@/core/figures/sketch'
import { createAggregate } from './aggregate'
import { flowOf, responseOf } from './test-observations'

const endpoint = (name: string): Endpoint => ({ cluster: 'c', namespace: 'shop', kind: 'Deployment', name })
const web = endpoint('web')
const db = endpoint('db')

describe('aggregate', () => {
  it('adds what falls into one bucket, edge and facet', () => {
    const aggregate = createAggregate('hubble', 10)
    for (const time of [10_000, 15_000, 19_999]) aggregate.add(flowOf({ time }), web, db)
    expect(aggregate.take().buckets).toMatchObject([
      { bucket: 10_000, flows: 3, requests: null, edge: { from: web, to: db, port: 5432 } },
    ])
  })

  it.each([
    ['time', { time: 20_000 }],
    ['verdict', { verdict: 'denied' as const }],
    ['reporter', { reporter: 'source' as const }],
    ['reason', { reason: 'POLICY_DENIED' }],
    ['encryption', { encryption: 'mtls' as const }],
    ['port', { port: 80 }],
    ['protocol', { protocol: 'udp' as const }],
  ])('keeps another %s apart', (_, other) => {
    const aggregate = createAggregate('hubble', 10)
    aggregate.add(flowOf({ time: 10_000 }), web, db)
    aggregate.add(flowOf({ time: 10_000, ...other }), web, db)
    expect(aggregate.take().buckets.map((row) => row.flows)).toEqual([1, 1])
  })

  it('keeps another way between the nodes apart, also of what is spread', () => {
    const aggregate = createAggregate('hubble', 10)
    for (const hop of ['wireguard', 'open', 'wireguard'] as const)
      aggregate.add(flowOf({ time: 10_000, spanMs: 10_000 }), web, db, hop)
    const { buckets } = aggregate.take()
    expect(buckets.map((row) => [row.facet.hop, row.flows])).toEqual([
      ['wireguard', 2],
      ['open', 1],
    ])
  })

  it('keeps what a source cannot know unknown', () => {
    const aggregate = createAggregate('hubble', 10)
    aggregate.add(flowOf(), web, db)
    aggregate.add(responseOf(), web, db)
    const [flows, requests] = aggregate.take().buckets
    expect(flows).toMatchObject({ bytesSent: null, connections: null, responses: null, latency: null })
    expect(requests).toMatchObject({ flows: null, requests: 0, responses: 1 })
  })

  it('places what does not count, and counts nothing', () => {
    const aggregate = createAggregate('hubble', 10)
    expect(aggregate.add(flowOf({ counts: false }), web, db).edge).toMatchObject({ from: web, to: db })
    expect(aggregate.take()).toEqual({ buckets: [], operations: [] })
  })

  it('keeps every latency in the sketch', () => {
    const aggregate = createAggregate('hubble', 10)
    for (const latency of [1, 1, 900]) aggregate.add(responseOf({ latency }), web, db)
    const counts: Counts = new Map()
    mergeSketch(counts, aggregate.take().buckets[0]?.latency ?? new Uint8Array())
    expect(countOf(counts)).toBe(3)
  })

  it('counts every flow whatever the cap on edges', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 200 }), fc.integer({ min: 1, max: 10 }), (names, cap) => {
        const aggregate = createAggregate('hubble', cap)
        const endpoints = Array.from({ length: 31 }, (_, i) => endpoint(`w${i}`))
        for (const name of names) aggregate.add(flowOf(), endpoints[name] ?? web, db)
        const rows = aggregate.take().buckets
        expect(rows.length).toBeLessThanOrEqual(cap + 1)
        expect(rows.reduce((sum, row) => sum + (row.flows ?? 0), 0)).toBe(names.length)
      }),
    )
  })
})
