import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addInterval, type Counts, decodeSketch, encodeSketch } from '@/core/figures/sketch'
import { spread } from './spread'
import { flowOf, responseOf } from './test-observations'

const sum = (numbers: readonly (number | undefined)[]) => numbers.reduce<number>((a, b) => a + (b ?? 0), 0)

describe('spread', () => {
  test('a moment stays what it is', () => {
    const flow = flowOf({ time: 12_345 })
    expect(spread(flow)).toEqual([flow])
  })
  test('fifteen seconds are shared by two buckets in proportion', () => {
    const parts = spread(flowOf({ time: 0, spanMs: 15_000, flows: 30, bytesSent: 3_000 }))
    expect(parts.map(({ time }) => time)).toEqual([0, 10_000])
    expect(parts).toMatchObject([
      { flows: 20, bytesSent: 2_000 },
      { flows: 10, bytesSent: 1_000 },
    ])
  })
  test('what is unknown stays unknown', () => {
    for (const part of spread(flowOf({ time: 0, spanMs: 60_000, flows: undefined, bytesSent: 5 })))
      expect(part).toMatchObject({ flows: undefined, connections: undefined })
  })
  test('whatever the span, the parts lie in buckets of their own and add up', () => {
    const n = fc.nat(1_000_000)
    fc.assert(
      fc.property(
        fc.nat(100_000),
        fc.integer({ min: 1, max: 600_000 }),
        n,
        n,
        n,
        (time, spanMs, requests, errors, slow) => {
          const counts: Counts = new Map()
          addInterval(counts, 0, 5, requests + 1)
          addInterval(counts, 5, Number.POSITIVE_INFINITY, slow + 1)
          const parts = spread(
            responseOf({
              time,
              spanMs,
              requests,
              responses: requests,
              serverErrors: errors,
              latency: encodeSketch(counts),
            }),
          )
          expect(new Set(parts.map((part) => Math.floor(part.time / 10_000))).size).toBe(parts.length)
          expect(parts.every((part) => part.time >= time && part.time < time + spanMs)).toBe(true)
          const total: Counts = new Map()
          for (const part of parts)
            if (part.type === 'request' && typeof part.latency === 'object')
              for (const [bucket, k] of decodeSketch(part.latency)) total.set(bucket, (total.get(bucket) ?? 0) + k)
          expect(total).toEqual(counts)
          expect(sum(parts.map((part) => (part.type === 'request' ? part.requests : 0)))).toBe(requests)
          expect(sum(parts.map((part) => (part.type === 'request' ? part.serverErrors : 0)))).toBe(errors)
        },
      ),
    )
  })
})
