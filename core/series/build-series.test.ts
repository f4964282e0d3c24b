import { describe, expect, test } from 'vitest'
import { buildSeries } from './build-series'
import type { SeriesOptions } from './series'
import { buildTotals } from '../graph/build-totals'
import type { StepRow } from './step-row'
import type { EdgeRow, SourceFreshness, SourceGap } from '../world'
import { flows, http, world } from '../world-fixture'

const step = (t: number, row: EdgeRow, edgeId = 1): StepRow => ({ ...row, edgeId, t })
const options: SeriesOptions = {
  window: { from: 0, to: 40_000 },
  stepMs: 10_000,
  gaps: [],
  sources: world([]).sources,
}
const gap = (from: number, to: number | null, parts: Partial<SourceGap> = {}): SourceGap => ({
  source: 'hubble',
  cluster: 'east',
  from,
  to,
  cause: 'source_down',
  lost: null,
  part: '',
  ...parts,
})

describe('buildSeries', () => {
  test('a covered step in which nothing was seen is zero; its errors and latency are unknown', () => {
    const series = buildSeries([step(0, http(100, 10, 5)), step(20_000, http(50))], options)
    expect(series.t).toEqual([0, 10_000, 20_000, 30_000])
    expect(series.requestRate).toEqual([10, 0, 5, 0])
    expect(series.errorRatio).toEqual([0.1, null, 0, null])
    expect(series.p95.map((ms) => ms === null)).toEqual([false, true, true, true])
    expect(series.deniedRate).toEqual([0, 0, 0, 0])
  })
  test('what is never known is unknown everywhere', () => {
    expect(buildSeries([step(0, http(10))], options).flowRate).toEqual([null, null, null, null])
    expect(buildSeries([step(0, flows(10))], options).requestRate).toEqual([null, null, null, null])
    expect(buildSeries([], options).requestRate).toEqual([null, null, null, null])
  })
  test('a gap is never zero, and beside it rates are over what is covered', () => {
    const { flowRate } = buildSeries([step(0, flows(10)), step(10_000, flows(10))], {
      ...options,
      gaps: [gap(15_000, 30_000)],
    })
    expect(flowRate).toEqual([1, 2, null, 0])
  })
  test('a gap that goes on reaches to the end', () => {
    expect(buildSeries([step(0, flows(10))], { ...options, gaps: [gap(10_000, null)] }).flowRate).toEqual([
      1,
      null,
      null,
      null,
    ])
  })
  test('a gap of the only source that sees this traffic is unknown, whoever else is there', () => {
    const [hubble] = options.sources
    const sources = hubble ? [hubble, { ...hubble, id: 'als', type: 'als' }] : []
    const gaps = [gap(10_000, 20_000)]
    expect(buildSeries([step(0, flows(10))], { ...options, sources, gaps }).flowRate).toEqual([1, null, 0, 0])
    const both = [step(0, flows(10)), step(0, flows(10, { source: 'als' }))]
    expect(buildSeries(both, { ...options, sources, gaps }).flowRate).toEqual([1, 0, 0, 0])
  })
  test('the time before the first event of those that tell a figure is unknown', () => {
    const [hubble] = options.sources
    const sources = hubble ? [hubble, { ...hubble, id: 'otlp', type: 'otlp', firstEventAt: 20_000 }] : []
    const rows = [0, 10_000, 20_000, 30_000].map((t) => step(t, flows(10)))
    const series = buildSeries([...rows, step(20_000, http(20, 0, null, { source: 'otlp' }))], { ...options, sources })
    expect(series.flowRate).toEqual([1, 1, 1, 1])
    expect(series.requestRate).toEqual([null, null, 2, 0])
  })
  test('what a source that lags has yet to tell is unknown, while another figure goes on', () => {
    const [hubble] = options.sources
    const sources = hubble ? [hubble, { ...hubble, id: 'p', type: 'prometheus', toldUntil: 20_000 }] : []
    const rows = [0, 10_000, 20_000, 30_000].map((t) => step(t, flows(10)))
    const series = buildSeries([...rows, step(0, http(20, 0, null, { source: 'prometheus:istio' }))], {
      ...options,
      sources,
      lastData: 40_000,
    })
    expect(series.flowRate).toEqual([1, 1, 1, 1])
    expect(series.requestRate).toEqual([2, 0, null, null])
  })
  test.each<[string, Partial<SourceFreshness>[], (number | null)[]]>([
    ['the newest event is the end', [{ toldUntil: 200_000 }], [1, 0, 0, 0, 0]],
    ['the source is a scrape behind', [{ toldUntil: 120_000 }], [1, 0, 0, null, null]],
    ['the source is minutes behind', [{ toldUntil: 40_000 }], [1, null, null, null, null]],
    ['another of its type goes on', [{ toldUntil: 40_000 }, { toldUntil: 160_000 }], [1, 0, 0, 0, null]],
    [
      'another of its type goes on in a cluster that the edge is not in',
      [{ toldUntil: 40_000 }, { toldUntil: 200_000, cluster: 'west' }],
      [1, null, null, null, null],
    ],
    [
      'a source of another type goes on',
      [{ toldUntil: 40_000 }, { toldUntil: 200_000, type: 'hubble' }],
      [1, null, null, null, null],
    ],
  ])('a step after the newest event of those who could tell it is unknown: %s', (_, parts, expected) => {
    const [hubble] = options.sources
    const sources = parts.flatMap((part, at) =>
      hubble ? [{ ...hubble, id: `p${at}`, type: 'prometheus', ...part }] : [],
    )
    const { requestRate } = buildSeries([step(0, http(40, 0, null, { source: 'prometheus:istio' }))], {
      window: { from: 0, to: 200_000 },
      stepMs: 40_000,
      gaps: [],
      sources,
      clusters: new Set(['east']),
      lastData: 200_000,
    })
    expect(requestRate).toEqual(expected)
  })
  test.each<[string, Partial<SourceGap>]>([
    ['lost events', { cause: 'lost_events', lost: 12 }],
    ['one node', { cause: 'source_down', part: 'node-1' }],
  ])('%s leave the rest to be seen', (_what, parts) => {
    const { flowRate, gaps } = buildSeries([step(0, flows(10))], { ...options, gaps: [gap(10_000, 30_000, parts)] })
    expect(flowRate).toEqual([1, 0, 0, 0])
    expect(gaps).toHaveLength(1)
  })
  test('before the first data and after the newest nothing is known', () => {
    const { flowRate } = buildSeries([step(10_000, flows(10)), step(20_000, flows(3))], {
      ...options,
      firstData: 10_000,
      lastData: 23_000,
    })
    expect(flowRate).toEqual([null, 1, 1, null])
  })
  test('a last step that has hardly begun is not drawn', () => {
    const cut = { ...options, window: { from: 0, to: 21_000 } }
    expect(buildSeries([step(0, flows(10)), step(20_000, flows(3))], cut).flowRate).toEqual([1, 0, null])
  })
  test('a window that begins within a step rates what lies in it', () => {
    const cut = { ...options, window: { from: 5000, to: 20_000 } }
    expect(buildSeries([step(0, flows(10))], cut).flowRate).toEqual([2, 0])
  })
  test('edges are fused each by itself and then added', () => {
    const { flowRate } = buildSeries(
      [
        step(0, flows(10, { reporter: 'source' }), 1),
        step(0, flows(10, { reporter: 'destination' }), 1),
        step(0, flows(5, { reporter: 'source' }), 2),
      ],
      options,
    )
    expect(flowRate[0]).toBe(1.5)
  })
  test('denied flows have a rate of their own', () => {
    expect(buildTotals([step(0, flows(20, { verdict: 'denied' }))], options).deniedRate).toEqual([2, 0, 0, 0])
  })
})
