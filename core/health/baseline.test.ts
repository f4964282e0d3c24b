import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildBaseline } from './baseline'
import { fuse } from '../witness/fuse'
import { judgeEdge, judgeNode } from './health'
import { measuresOf } from './measure'
import { pastParts } from './past-parts'
import { isBeyondChance, shareAbove } from '../figures/tail'
import { defaultTolerance } from './tolerances'
import type { EdgeRow } from '../world'
import { edge, http, sketchOf, workload, world } from '../world-fixture'

const [web, cart] = [workload('web'), workload('cart')]
const hour = 3_600_000
const past = (parts: readonly EdgeRow[][]) =>
  buildBaseline(
    parts.map((rows, at) =>
      world([edge(web, cart, rows, { id: 7 })], {
        window: { from: at * 8 * hour, to: (at + 1) * 8 * hour },
        coveredSeconds: 8 * 3600,
      }),
    ),
  )

/** Health of the same edge now, held against parts of the past. */
const judge = (now: readonly EdgeRow[], ...parts: EdgeRow[][]) => {
  const worldEdge = edge(web, cart, now, { id: 7 })
  const measures = measuresOf(world([worldEdge], { baseline: past(parts) }))
  const { tally, l7 } = fuse(now)
  return { edge: judgeEdge(tally, measures.ofEdge(worldEdge, l7)), node: judgeNode(tally, null, measures.ofNode(cart)) }
}

const fast = [http(5000, 0, 3)]
describe('health against the past', () => {
  test('a latency that leaves its usual range degrades, in words', () => {
    const { edge: found, node } = judge([http(100, 0, 200)], fast, fast, fast)
    expect(found).toMatchObject({ health: 'degraded', cause: 'latency' })
    expect(found.why).toMatch(/^p95 is \d+ ms; in the 24 h before it was [23](\.\d)? ms$/)
    expect(node).toEqual(found)
  })
  test.each<[string, EdgeRow[], EdgeRow[][], string]>([
    ['faster than ever', [http(100, 0, 1)], [fast, fast, fast], 'healthy'],
    ['twice as slow, but by less than 20 ms', [http(100, 0, 9)], [fast, fast, fast], 'healthy'],
    [
      'half as slow again',
      [http(100, 0, 150)],
      [[http(5000, 0, 100)], [http(5000, 0, 100)], [http(5000, 0, 100)]],
      'healthy',
    ],
    ['fewer than 20 responses', [http(19, 0, 200)], [fast, fast, fast], 'healthy'],
    [
      'two slow responses of 20, where one in a hundred always was',
      [http(18, 0, 3), http(2, 0, 200)],
      [[http(990, 0, 3), http(10, 0, 200)]],
      'healthy',
    ],
    [
      'a third of the day was slow too: still not usual',
      [http(100, 0, 200)],
      [fast, fast, [http(5000, 0, 200)]],
      'degraded',
    ],
    ['always slow: past a second without trouble', [http(100, 0, 3000)], [[http(500, 0, 2800)]], 'healthy'],
    ['no past of this edge: a second is the limit', [http(100, 0, 900)], [], 'healthy'],
    ['no past of this edge, and slower than that', [http(100, 0, 1100)], [], 'degraded'],
    ['too few responses in the past', [http(100, 0, 200)], [[http(40, 0, 3)]], 'healthy'],
    ['errors below the limit, but far more than ever', [http(10_000, 80)], [[http(50_000, 5)]], 'degraded'],
    ['a few more errors than ever, by chance', [http(200, 1)], [[http(50_000, 5)]], 'healthy'],
  ])('%s', (_what, now, parts, health) => {
    expect(judge(now, ...parts).edge.health).toBe(health)
  })
  test('errors that are usual stay unwell, and it says that they are usual', () => {
    const [now, then] = [[http(1000, 20)], [http(9000, 180)]]
    expect(judge(now, then, then, then).edge.why).toBe(
      '2 % of responses are server errors; its limit is 1 %; that is usual for it: in the 24 h before it was 2 %',
    )
  })
  test('a past of less than a day makes nothing usual', () => {
    expect(judge([http(1000, 20)], [http(9000, 180)]).edge.why).toBe(
      '2 % of responses are server errors; its limit is 1 %; in the 8 h before it was 2 %',
    )
  })
  test('nothing is compared where the rule says so', () => {
    const now = [http(100, 0, 200)]
    const { tally } = fuse(now)
    const worldEdge = edge(web, cart, now, { id: 7 })
    const measure = measuresOf(world([worldEdge], { baseline: past([fast]), tolerances: [{ baseline: null }] })).ofEdge(
      worldEdge,
      'http',
    )
    expect(judgeEdge(tally, measure).health).toBe('healthy')
  })
})

describe('buildBaseline', () => {
  test('finds an edge under every stored id, and knows how much was encrypted', () => {
    const rows = [http(30, 0, null, { encryption: 'mtls' }), http(10, 0, null, { encryption: 'plaintext' })]
    const baseline = buildBaseline([
      world([{ ...edge(web, cart, rows, { id: 1 }), joined: [2] }]),
      world([edge(web, cart, rows, { id: 2 })]),
    ])
    expect(baseline?.edges.get(1)).toBe(baseline?.edges.get(2))
    expect(baseline?.edges.get(1)).toMatchObject({ responses: 80, plaintext: 0.25, requestRate: 0.4 })
    expect(buildBaseline([])).toBeNull()
  })
})

describe('pastParts', () => {
  const now = 100 * hour
  test.each<[string, [number, number], number | null, [number, number][]]>([
    [
      'a day in three parts',
      [now - hour / 4, now],
      0,
      [
        [75.75, 83.75],
        [83.75, 91.75],
        [91.75, 99.75],
      ],
    ],
    [
      'as long as the window',
      [now - 48 * hour, now],
      0,
      [
        [4, 20],
        [20, 36],
        [36, 52],
      ],
    ],
    [
      'as far as there is data',
      [now - hour, now],
      now - 4 * hour,
      [
        [96, 97],
        [97, 98],
        [98, 99],
      ],
    ],
    ['too little data', [now - hour, now], now - hour - 300_000, []],
    ['no data', [now - hour, now], null, []],
  ])('%s', (_what, [from, to], first, expected) => {
    expect(pastParts({ from, to }, first).map((part) => [part.from / hour, part.to / hour])).toEqual(expected)
  })
  test('a window that moves keeps its past for five minutes', () => {
    const at = (ms: number) => pastParts({ from: now + ms, to: now + hour + ms }, 0)
    expect(at(299_000)).toEqual(at(0))
    expect(at(300_000)).not.toEqual(at(0))
  })
})

describe('tail', () => {
  test('shareAbove counts what is slower than a limit', () => {
    expect(shareAbove([sketchOf(10, 75), sketchOf(500, 25)], 100)).toBe(0.25)
    expect(shareAbove([], 100)).toBeNull()
    expect(shareAbove(null, 100)).toBeNull()
  })
  test('what is beyond chance stays so with more responses and with a larger share', () => {
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true })
    fc.assert(
      fc.property(share, share, fc.integer({ min: 1, max: 10_000 }), (now, usual, n) => {
        if (!isBeyondChance(now, n, usual)) return
        expect(isBeyondChance(now, n * 2, usual)).toBe(true)
        expect(isBeyondChance((now + 1) / 2, n, usual)).toBe(true)
      }),
    )
    expect(isBeyondChance(1, 20, 0.01)).toBe(true)
    expect(isBeyondChance(0.1, 20, 0.01)).toBe(false)
    expect(defaultTolerance.minResponses).toBe(20)
  })
})
