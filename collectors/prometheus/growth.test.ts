import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrame, createHistogramSeries, createNumberSeries, createTargetGrowth, type Frame } from './growth'
import { grownHistogram, snapshotOf } from './histogram'

const frameOf = (series: ReturnType<typeof createNumberSeries>, value: number): Frame => ({
  ...createFrame(),
  entries: [{ part: 'value', series }],
  values: [value],
})

/** What a counter told when it was scraped with these values, one a second; null: it was not on the page. */
function told(values: readonly (number | null)[], trustedFrom?: number): number[] {
  const growth = createTargetGrowth(trustedFrom)
  const series = createNumberSeries('counter', 'm', {}, 'm')
  return values.flatMap((value, i) =>
    growth
      .step(i * 1_000, value === null ? createFrame() : frameOf(series, value))
      .samples.map((sample) => sample.value),
  )
}

describe('counters', () => {
  it.each([
    ['the first value is only a base', [7], []],
    ['what grew is told', [7, 9, 12], [2, 3]],
    ['a counter that stays says nothing', [7, 7, 8], [1]],
    ['a value that drops began again at zero', [7, 2, 3], [2, 1]],
    ['a series that is new at a known target began at zero', [null, 5, 6], [5, 1]],
    ['a series that was away tells what grew meanwhile', [7, null, null, 9], [2]],
    ['NaN and values below zero are none', [7, Number.NaN, -1, 8], [1]],
  ] as const)('%s', (_, values, expected) => {
    expect(told(values)).toEqual(expected)
  })

  it('takes no series for new-born before the target can be trusted to have been complete', () => {
    expect(told([null, 5, 6, null, 9], 2_000)).toEqual([1, 3])
    expect(told([null, null, 5], 2_000)).toEqual([5])
  })

  it('spans from the value before to this one, and a replay has the same key', () => {
    const run = () => {
      const growth = createTargetGrowth()
      const series = createNumberSeries('counter', 'm', {}, 'm{a="b"}')
      growth.step(1_000, frameOf(series, 1))
      growth.step(2_000, createFrame())
      return growth.step(3_000, frameOf(series, 4)).samples[0]
    }
    expect(run()).toMatchObject({ from: 1_000, to: 3_000, value: 3 })
    expect(run()?.key).toBe(run()?.key)
  })

  it('passes by what was stepped over', () => {
    const growth = createTargetGrowth()
    const series = createNumberSeries('counter', 'm', {}, 'm')
    growth.step(2_000, frameOf(series, 5))
    expect(growth.step(1_000, frameOf(series, 3)).samples).toEqual([])
    expect(growth.step(2_000, frameOf(series, 9)).samples).toEqual([])
    expect(growth.step(3_000, frameOf(series, 6)).samples[0]?.value).toBe(1)
  })

  it('any choice of scrapes gives the same total, and none is below zero', () => {
    const increments = fc.array(fc.nat(1_000), { minLength: 2, maxLength: 40 })
    fc.assert(
      fc.property(increments, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (steps, scraped) => {
        const values: number[] = []
        for (const step of steps) values.push((values.at(-1) ?? 0) + step)
        const seen = values.map((value, i) => (i === 0 || i === values.length - 1 || scraped[i] ? value : null))
        const growths = told(seen)
        expect(growths.every((n) => n >= 0)).toBe(true)
        expect(growths.reduce((a, b) => a + b, 0)).toBe((values.at(-1) ?? 0) - (values[0] ?? 0))
      }),
    )
  })

  it('whatever the values, nothing is told below zero and nothing above what they show', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.double(), fc.nat(100))), (values) => {
        expect(told(values).every((n) => n > 0 && Number.isFinite(n))).toBe(true)
      }),
    )
  })
})

describe('gauges', () => {
  it('tell their value at each scrape, also when it stays', () => {
    const growth = createTargetGrowth()
    const series = createNumberSeries('gauge', 'm', {}, 'm')
    growth.step(0, frameOf(series, 5))
    expect(growth.step(1_000, frameOf(series, 5)).samples).toMatchObject([{ value: 5, from: 0, to: 1_000 }])
    expect(growth.step(2_000, frameOf(series, -1)).samples[0]?.value).toBe(-1)
  })
})

describe('histograms', () => {
  const series = () => createHistogramSeries('h', {}, 'h')
  const page = (one: ReturnType<typeof series>, le10: number, inf: number, sum: number): Frame => ({
    ...createFrame(),
    entries: [
      { part: 'sum', series: one },
      { part: 'bucket', series: one, bound: Number.POSITIVE_INFINITY },
      { part: 'count', series: one },
      { part: 'bucket', series: one, bound: 10 },
    ],
    values: [sum, inf, inf, le10],
  })

  it('puts the series of one histogram together, whatever their order', () => {
    const one = series()
    const growth = createTargetGrowth()
    expect(growth.step(0, page(one, 1, 2, 30)).histograms).toEqual([])
    expect(growth.step(1_000, page(one, 4, 6, 90)).histograms).toMatchObject([
      { bounds: [10, Number.POSITIVE_INFINITY], counts: [3, 1], count: 4, sum: 60, from: 0, to: 1_000 },
    ])
    expect(growth.step(2_000, page(one, 1, 1, 5))).toMatchObject({
      resets: 1,
      histograms: [{ counts: [1, 0], sum: 5 }],
    })
    expect(growth.step(3_000, page(one, 1, 1, 5)).histograms).toEqual([])
  })

  it('counts a histogram that is no histogram as malformed', () => {
    const one = series()
    const frame: Frame = { ...createFrame(), entries: [{ part: 'bucket', series: one, bound: 1 }], values: [1] }
    expect(createTargetGrowth().step(0, frame)).toMatchObject({ malformed: 1, histograms: [] })
  })

  it.each([
    ['coarser', [1, 2, 4, 8], [2, 8], [2, 0, 0]],
    ['finer', [2, 8], [1, 2, 4, 8], [0, 2, 0, 0, 0]],
  ])('keeps the total when the bounds become %s', (_, before, after, counts) => {
    const at = (bounds: number[], n: number) =>
      snapshotOf(
        bounds,
        bounds.map((bound) => (bound >= 2 ? n : 0)),
        0,
        n,
      )
    const [a, b] = [at(before, 3), at(after, 5)]
    if (!a || !b) throw new Error('no snapshot')
    expect(grownHistogram(a, b)).toMatchObject({ counts, count: 2, reset: false })
  })

  it('what came in two steps is what came in one', () => {
    const bounds = [1, 5, 10]
    const counts = fc.array(fc.nat(50), { minLength: 4, maxLength: 4 })
    const cumulated = (list: readonly number[]) => {
      let sum = 0
      const result = list.map((n) => (sum += n))
      return snapshotOf([...bounds, Number.POSITIVE_INFINITY], result, 0, null)
    }
    fc.assert(
      fc.property(counts, counts, counts, (a, b, c) => {
        const plus = (x: readonly number[], y: readonly number[]) => x.map((n, i) => n + (y[i] ?? 0))
        const [one, two, three] = [cumulated(a), cumulated(plus(a, b)), cumulated(plus(plus(a, b), c))]
        if (!one || !two || !three) throw new Error('no snapshot')
        expect(grownHistogram(one, two).counts).toEqual(b)
        expect(plus(grownHistogram(one, two).counts, grownHistogram(two, three).counts)).toEqual(
          grownHistogram(one, three).counts,
        )
      }),
    )
  })
})
