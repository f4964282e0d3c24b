import { describe, expect, test } from 'vitest'
import { coverOf, coveredSeconds, secondsByCluster, secondsBySource, secondsTold, silentSpans } from './covered'
import { fuse } from '../witness/fuse'
import { figuresOf } from '../figures/tally'
import type { Reporter } from '../verdict'
import type { SourceGap } from '../world'
import { flows } from '../world-fixture'

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
  const sources = ['east', 'west', 'west'].map((cluster) => ({ cluster, toldUntil: 100_000 }))
  const gaps = [gap(0, 60_000), gap(0, 60_000, { source: 'hubble@west', cluster: 'west' })]
  expect([...secondsByCluster(window, gaps, 0, sources)]).toEqual([
    ['east', 40],
    ['west', 100],
  ])
})

test.each<[string, (number | null)[], number]>([
  ['all of it where the newest event is its end', [100_000], 100],
  ['up to the newest event of a source that is minutes behind', [20_000], 20],
  ['up to the newest event of all', [20_000, 70_000], 70],
  ['up to the newest event, whoever never told anything', [null, 70_000], 70],
  ['nothing of it where all told of the time before only', [1, null], 0],
  ['all of it where the newest event is after it', [200_000], 100],
])('a cluster is covered: %s', (_, newest, seconds) => {
  const sources = newest.map((toldUntil) => ({ cluster: 'east', toldUntil }))
  expect(Math.round(secondsByCluster(window, [], 0, sources).get('east') ?? -1)).toBe(seconds)
})

describe('seconds that each source told of', () => {
  const source = { id: 'a', cluster: 'east', type: 'hubble', firstEventAt: 0, toldUntil: 100_000 }
  const told = (
    parts: Partial<Parameters<typeof secondsBySource>[2][number]>,
    gaps: Parameters<typeof secondsBySource>[1] = [],
  ) =>
    secondsBySource(window, gaps, [{ ...source, ...parts }])
      .get('east')
      ?.get('hubble')
  test.each([
    ['all of it', {}, 100],
    ['from its first event on', { firstEventAt: 60_000 }, 40],
    ['nothing where it never told anything', { firstEventAt: null, toldUntil: null }, 0],
    ['up to its newest event where it is a little late', { toldUntil: 70_000 }, 70],
    ['up to its newest event where it is minutes behind', { toldUntil: 5_000 }, 5],
    ['nothing where its newest event is before', { toldUntil: 1 - 100_000 }, 0],
  ])('%s', (_, parts, seconds) => expect(told(parts)).toBe(seconds))
  test('less its own gaps, not those of others', () => {
    const own = gap(10_000, 30_000, { source: 'a' })
    expect(told({}, [own, gap(40_000, 90_000, { source: 'b' })])).toBe(80)
  })
})

describe('seconds that a witness told of an edge between clusters', () => {
  const sourceSeconds = new Map([
    ['east', new Map(Object.entries({ hubble: 100, prometheus: 40, otlp: 30 }))],
    ['west', new Map(Object.entries({ hubble: 20, otlp: 70 }))],
  ])
  const seconds = (from: string, to: string, transport: string, reporter: Reporter) =>
    secondsTold(coverOf({ sourceSeconds }, { from: { cluster: from }, to: { cluster: to } }), transport, reporter)
  test.each<[string, Parameters<typeof seconds>, number]>([
    ['the callee’s side by the callee’s cluster', ['east', 'west', 'hubble', 'destination'], 20],
    ['the caller’s side by the caller’s', ['east', 'west', 'hubble', 'source'], 100],
    ['the other way round', ['west', 'east', 'hubble', 'source'], 20],
    ['a waypoint by the callee’s', ['east', 'west', 'hubble', 'waypoint'], 20],
    ['both sides by the only source of that kind', ['east', 'west', 'prometheus', 'destination'], 40],
    ['and so the caller’s', ['west', 'east', 'prometheus', 'source'], 40],
    ['who stands on neither side by the longer', ['east', 'west', 'otlp', 'unknown'], 70],
    ['both by the one cluster that is watched', ['east', 'north', 'hubble', 'destination'], 100],
    ['what runs in one cluster by that', ['west', 'west', 'hubble', 'source'], 20],
    ['an unknown source never', ['east', 'west', 'als', 'source'], Infinity],
    ['nobody’s clusters never', ['north', 'south', 'hubble', 'source'], Infinity],
  ])('%s', (_, question, expected) => expect(seconds(...question)).toBe(expected))

  test('the rate of each figure is that of its witness', () => {
    const cover = coverOf({ sourceSeconds }, { from: { cluster: 'east' }, to: { cluster: 'west' } })
    const sides = (source: number, destination: number) => [
      flows(source, { reporter: 'source' }),
      flows(destination, { reporter: 'destination' }),
    ]
    const rate = (...rows: Parameters<typeof fuse>[0]) => figuresOf(fuse(rows, cover).tally, 20).flowRate
    // Ten a second: the callee's cluster was watched for 20 s only, the caller's for 100.
    expect(rate(...sides(1_000, 200))).toBe(10)
    expect(rate(flows(1_000, { reporter: 'source' }))).toBe(10)
    expect(rate(flows(200, { reporter: 'destination' }))).toBe(10)
  })
})
