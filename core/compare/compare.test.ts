import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../graph/build-graph'
import { compareFigures, type Difference, differences, mirrorOf } from './compare'
import { compareGraphs, type Side } from './compare-graphs'
import { parseVersus, versusWindow } from './compare-window'
import { type Figures, unknownFigures } from '../figures/figures'
import type { World } from '../world'
import { edge, flows, http, workload, world } from '../world-fixture'

const seconds = { now: 100, before: 100 }
const figures = (more: Partial<Figures> = {}): Figures => ({
  ...unknownFigures,
  requestRate: 10,
  requests: 1_000,
  responses: 1_000,
  serverErrors: 0,
  p95: 100,
  verdicts: { allowed: 1_000 },
  ...more,
})

describe('figures of two windows', () => {
  test.each<[string, Partial<Figures>, Partial<Figures>, Difference[]]>([
    ['nothing', {}, {}, []],
    ['a tenth more', { requestRate: 11 }, {}, []],
    ['thrice as much', { requestRate: 30 }, {}, ['more']],
    ['a third as much', { requestRate: 10 }, { requestRate: 30 }, ['less']],
    ['twice next to nothing', { requestRate: 0.04 }, { requestRate: 0.02 }, []],
    [
      'as connections, where both know only those',
      { requestRate: null, connectionRate: 90 },
      { connectionRate: 9 },
      ['more'],
    ],
    ['p95 twice as long', { p95: 200 }, {}, ['slower']],
    ['p95 twice as long of very little', { p95: 6 }, { p95: 3 }, []],
    ['p95 twice as long of few', { p95: 200, responses: 40 }, {}, []],
    ['p95 half as long', { p95: 50 }, {}, ['faster']],
    ['latency that nobody knows now', { p95: null }, {}, []],
    ['errors', { serverErrors: 60 }, { serverErrors: 2 }, ['failing']],
    ['errors that are over', {}, { serverErrors: 60 }, ['recovered']],
    ['one error in ten', { serverErrors: 1, responses: 10 }, {}, []],
    ['errors that nobody knew before', { serverErrors: 60 }, { serverErrors: null }, []],
    ['denials', { verdicts: { allowed: 500, denied: 500 } }, {}, ['denied']],
    ['denials that are over', {}, { verdicts: { denied: 1_000 } }, ['allowed']],
    [
      'everything at once, the worst first',
      { p95: 900, serverErrors: 300, requestRate: 90 },
      {},
      ['failing', 'slower', 'more'],
    ],
  ])('%s', (_, now, before, expected) =>
    expect(compareFigures(figures(now), figures(before), seconds)).toEqual(expected),
  )

  const count = fc.integer({ min: 0, max: 2_000 })
  const anyFigures = fc
    .record({
      responses: count,
      errors: count,
      denied: count,
      rate: fc.option(fc.double({ min: 0, max: 500, noNaN: true })),
      p95: fc.option(fc.double({ min: 0.1, max: 5_000, noNaN: true })),
    })
    .map(({ responses, errors, denied, rate, p95 }) =>
      figures({
        requestRate: rate,
        responses,
        serverErrors: Math.min(errors, responses),
        p95,
        verdicts: { allowed: responses, denied },
      }),
    )

  test('what differs one way round is mirrored the other way round', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (a, b) => {
        const there = compareFigures(a, b, { now: 60, before: 90 })
        const back = compareFigures(b, a, { now: 90, before: 60 })
        expect(back.toSorted()).toEqual(there.map((each) => mirrorOf[each]).toSorted())
        expect(compareFigures(a, a, seconds)).toEqual([])
      }),
    )
  })
})

const [web, bff, db, old] = [workload('web'), workload('bff'), workload('db'), workload('old')]
const side = (of: World, filtered = of): Side => {
  const options = { level: 'workload' as const, isolated: false }
  return { world: of, drawn: buildGraph(filtered, options), all: buildGraph(of, options) }
}
const told = (share: number) => new Map([['east', new Map([['hubble', 100 * share]])]])
const say = (now: Side, before: Side) =>
  compareGraphs(now, before)
    .edges.filter((each) => each.differences.length > 0)
    .map(({ id, differences }) => [id.replaceAll(/east\/shop\/Deployment\//g, ''), ...differences])
    .sort()

describe('graphs of two windows', () => {
  const before = world([edge(web, bff, [http(500, 0, 20)]), edge(bff, old, [http(300)])], { sourceSeconds: told(1) })
  const now = world([edge(web, bff, [http(500, 0, 80)]), edge(bff, db, [http(300)])], { sourceSeconds: told(1) })

  test('say what is new, gone and slower, and keep what is gone', () => {
    expect(say(side(now), side(before))).toEqual([
      ['bff|db|8080|tcp', 'new'],
      ['bff|old|8080|tcp', 'gone'],
      ['web|bff|8080|tcp', 'slower'],
    ])
    const { gone, counts } = compareGraphs(side(now), side(before))
    expect(gone.edges.map(({ figures }) => figures.requests)).toEqual([300])
    expect(gone.nodes.map(({ name }) => name)).toEqual(['old'])
    expect(counts).toEqual({ new: 1, gone: 1, slower: 1 })
  })

  test('what a filter hides is neither new nor gone', () => {
    const few = { ...now, edges: now.edges.slice(1) }
    expect(say(side(now, few), side(before, { ...before, edges: [] }))).toEqual([['bff|db|8080|tcp', 'new']])
  })

  test.each([
    [
      'before',
      told(1),
      told(0.5),
      [
        ['bff|db|8080|tcp', 'unknown'],
        ['bff|old|8080|tcp', 'gone'],
      ],
    ],
    [
      'now',
      told(0.5),
      told(1),
      [
        ['bff|db|8080|tcp', 'new'],
        ['bff|old|8080|tcp', 'unknown'],
      ],
    ],
  ] as const)('where the source was away %s, nobody can say', (_, nowTold, beforeTold, expected) => {
    const found = say(side({ ...now, sourceSeconds: nowTold }), side({ ...before, sourceSeconds: beforeTold }))
    expect(found.filter(([id]) => id !== 'web|bff|8080|tcp')).toEqual(expected)
  })

  test('where a node was away, neither', () => {
    const gaps = [
      { source: 'hubble', cluster: 'east', part: 'n1', cause: 'node_down', from: 0, to: 60_000, lost: null },
    ] as const
    expect(say(side(now), side({ ...before, gaps }))).toContainEqual(['bff|db|8080|tcp', 'unknown'])
  })

  test('a call too rare to be missed says nothing', () => {
    const rare = world([edge(web, bff, [http(3)])], { sourceSeconds: told(1) })
    expect(say(side(world([], { sourceSeconds: told(1) })), side(rare))).toEqual([])
  })

  const ends = fc.constantFrom(web, bff, db, old)
  const anyEdge = fc
    .record({
      from: ends,
      to: ends,
      requests: fc.integer({ min: 1, max: 400 }),
      errors: fc.integer({ min: 0, max: 1 }),
      ms: fc.integer({ min: 1, max: 900 }),
      denied: fc.boolean(),
    })
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, requests, errors, ms, denied }) =>
      edge(from, to, [
        denied ? flows(requests, { verdict: 'denied' }) : http(requests, errors * Math.floor(requests / 3), ms),
      ]),
    )
  const anyWorld = fc
    .record({
      edges: fc.uniqueArray(anyEdge, { selector: ({ edge }) => `${edge.from.name} ${edge.to.name}`, maxLength: 8 }),
      share: fc.constantFrom(1, 0.5),
    })
    .map(({ edges, share }) => world(edges, { sourceSeconds: told(share) }))

  test('a window does not differ from itself', () => {
    fc.assert(
      fc.property(anyWorld, (one) => {
        expect(say(side(one), side(one))).toEqual([])
      }),
    )
  })

  test('the comparison the other way round is its mirror', () => {
    const flip = (all: string[][]) =>
      all.map(([id, ...rest]) => [id, ...rest.map((each) => mirrorOf[each as Difference])].toSorted())
    fc.assert(
      fc.property(anyWorld, anyWorld, (a, b) => {
        const there = say(side(a), side(b))
        const back = say(side(b), side(a)).map((each) => each.toSorted())
        expect(flip(there).toSorted()).toEqual(back.toSorted())
      }),
    )
  })
})

test.each([
  ['previous', { from: 50, to: 100 }],
  ['day', { from: 100 - 86_400_000, to: 150 - 86_400_000 }],
  ['week', { from: 100 - 7 * 86_400_000, to: 150 - 7 * 86_400_000 }],
  ['30', { from: 30, to: 80 }],
])('vs=%s', (text, window) => {
  const versus = parseVersus(text)
  expect(versus !== null && versusWindow({ from: 100, to: 150 }, versus)).toEqual(window)
})

test('vs=tomorrow is nothing', () => expect(parseVersus('tomorrow')).toBeNull())

test('every difference has a mirror whose mirror it is', () => {
  for (const each of differences) expect(mirrorOf[mirrorOf[each]]).toBe(each)
})
