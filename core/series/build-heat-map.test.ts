import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildHeatMap } from './build-heat-map'
import { noCounters } from '../figures/counters'
import { maxHeatRows } from './heat-map'
import { addInterval, addLatency, type Counts, encodeSketch } from '../figures/sketch'
import type { StepRow } from './step-row'
import { facet } from '../world-fixture'

const stepMs = 10_000
const options = {
  window: { from: 0, to: 60_000 },
  stepMs,
  gaps: [],
  sources: [],
  firstData: 0,
  lastData: 60_000,
}

function step(t: number, fill: (counts: Counts) => void, edgeId = 1): StepRow {
  const counts: Counts = new Map()
  fill(counts)
  const responses = [...counts.values()].reduce((sum, n) => sum + n, 0)
  return { ...noCounters, edgeId, t, facet: facet({ l7: 'http' }), responses, latency: encodeSketch(counts) }
}

const exact = (t: number, ...ms: readonly number[]) =>
  step(t, (counts) => ms.forEach((value) => addLatency(counts, value)))

describe('the heat map', () => {
  it('puts responses into the column of their step and the row of their latency', () => {
    const { t, rows, counts } = buildHeatMap([exact(0, 10, 10), exact(30_000, 500)], options)
    expect(t).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000])
    const cells = counts.flatMap((column, at) =>
      (column ?? []).flatMap((n, row) => {
        const { low = 0, high = 0 } = rows[row] ?? {}
        return n > 0 ? [[at, low <= (at === 0 ? 10 : 500) && (at === 0 ? 10 : 500) <= (high ?? Infinity), n]] : []
      }),
    )
    expect(cells).toEqual([
      [0, true, 2],
      [3, true, 1],
    ])
  })

  it('has the bounds that the source chose as its rows', () => {
    const { rows, counts } = buildHeatMap(
      [
        step(0, (c) => {
          addInterval(c, 0, 5, 3)
          addInterval(c, 25, 50, 4)
          addInterval(c, 50, Infinity, 1)
        }),
      ],
      options,
    )
    expect(rows).toEqual([
      { low: 0, high: 5 },
      { low: 5, high: 25 },
      { low: 25, high: 50 },
      { low: 50, high: null },
    ])
    expect(counts[0]).toEqual([3, 0, 4, 1])
  })

  it('tells a step without data from one without responses', () => {
    const { counts } = buildHeatMap([exact(0, 10)], { ...options, firstData: 0, lastData: 30_000 })
    expect(counts[1]).toEqual([0])
    expect(counts[4]).toBeNull()
  })

  it('has no rows where nobody measured a latency', () => {
    const { rows, counts, responses } = buildHeatMap([], options)
    expect([rows, responses]).toEqual([[], 0])
    expect(counts.every((column) => column === null)).toBe(true)
  })

  const latencies = fc.array(fc.double({ min: 0.001, max: 1e7, noNaN: true }), { maxLength: 30 })
  const intervals = fc.array(
    fc
      .tuple(
        fc.constantFrom(0, 1, 50, 7_000, 100_000),
        fc.constantFrom(1, 9, 400, 100_000),
        fc.integer({ min: 1, max: 50 }),
      )
      // Few bounds, since a process keeps only so many.
      .map(([low, width, n]) => ({ low, high: low + width, n })),
    { maxLength: 8 },
  )

  it('counts add up to the responses, whatever mixture of buckets they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(latencies, intervals), { maxLength: 6 }), (steps) => {
        const rows = steps.map(([ms, chosen], at) =>
          step(at * stepMs, (counts) => {
            for (const value of ms) addLatency(counts, value)
            for (const { low, high, n } of chosen) addInterval(counts, low, high, n)
          }),
        )
        const map = buildHeatMap(rows, options)
        const expected = steps.map(([ms, chosen]) => ms.length + chosen.reduce((sum, { n }) => sum + n, 0))
        const columns = map.counts.slice(0, steps.length).map((column) => column?.reduce((a, b) => a + b, 0) ?? 0)
        expect(columns).toEqual(expected)
        expect(map.responses).toBe(expected.reduce((a, b) => a + b, 0))
        expect(map.rows.length).toBeLessThanOrEqual(maxHeatRows)
        expect(map.counts.flat().every((n) => n === null || Number.isInteger(n))).toBe(true)
      }),
    )
  })
})
