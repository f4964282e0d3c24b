import { describe, expect, test } from 'vitest'
import { coveredSeconds, secondsByCluster, silentSpans } from './covered'
import type { SourceGap } from './world'

const window = { from: 0, to: 100_000 }
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

describe('coveredSeconds', () => {
  test.each<[string, SourceGap[], number | null, number]>([
    ['no gap', [], 0, 100],
    ['no data at all', [], null, 0],
    ['data begin within', [], 40_000, 60],
    ['data begin after', [], 200_000, 0],
    ['one gap', [gap(10_000, 30_000)], 0, 80],
    ['overlapping gaps count once', [gap(10_000, 30_000), gap(20_000, 40_000, { cause: 'collector_down' })], 0, 70],
    ['a gap that goes on', [gap(90_000, null)], 0, 90],
    ['a gap around the window', [gap(-5000, 200_000)], 0, 0],
    ['a gap before the data', [gap(0, 30_000)], 40_000, 60],
    ['lost events', [gap(10_000, 30_000, { cause: 'lost_events', lost: 9 })], 0, 100],
    ['one node', [gap(10_000, 30_000, { part: 'node-1' })], 0, 100],
  ])('%s', (_what, gaps, firstData, seconds) => {
    expect(coveredSeconds(window, gaps, firstData)).toBe(seconds)
  })
  test('with two sources a time is silent where both are', () => {
    const gaps = [gap(10_000, 30_000), gap(20_000, 60_000, { source: 'hubble@west' })]
    expect(silentSpans(window, gaps, 2)).toEqual([{ from: 20_000, to: 30_000 }])
    expect(coveredSeconds(window, gaps.slice(0, 1), 0, 2)).toBe(100)
  })
})

test('each cluster is covered by its own sources', () => {
  const sources = [{ cluster: 'east' }, { cluster: 'west' }, { cluster: 'west' }]
  const gaps = [gap(0, 60_000), gap(0, 60_000, { source: 'hubble@west', cluster: 'west' })]
  expect([...secondsByCluster(window, gaps, 0, sources)]).toEqual([
    ['east', 40],
    ['west', 100],
  ])
})
