import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StepRow } from '../series/step-row'
import { edge, http, row, workload, world } from '../world-fixture'
import { witnessGroups } from '../witness/witness-groups'
import type { EdgeRow, World } from '../world'
import { buildTrend, trendKey } from './build-trend'
import { classifyWorld } from './classify-world'
import { ground, node, placed, pods } from './ground-fixture'

const names = ['web', 'cart', 'pay', 'mail', 'db', 'cache']
const ends = names.map((name) => workload(name))
const known = ground(
  ends.map((end, i) => placed(end, pods(`n${i % 3}`, i < 4 ? 'sidecar' : 'none'))),
  [node('n0'), node('n1'), node('n2', '')],
)
const stepMs = 10_000
const bytes = (n: number) => row({ source: 'goldmane' }, { connections: 1, bytesSent: n })
const requests = (n: number, encryption: 'mtls' | 'plaintext') =>
  http(n, 0, null, { source: 'prometheus:istio', encryption })

type Seen = { readonly from: number; readonly to: number; readonly step: number; readonly rows: readonly EdgeRow[] }

/** The trend of what was seen, where edges that may be are added before they are classified, or none. */
function trendOf(seen: readonly Seen[], together: boolean, sources: World['sources'] = []) {
  const byEdge = new Map<string, { index: number; rows: EdgeRow[] }>()
  for (const { from, to, rows } of seen) {
    const key = `${from} ${to}`
    const known = byEdge.get(key) ?? { index: byEdge.size + 1, rows: [] }
    known.rows.push(...rows)
    byEdge.set(key, known)
  }
  const edges = [...byEdge].map(([key, { index, rows }]) => {
    const [from = 0, to = 0] = key.split(' ').map(Number)
    const made = edge(ends[from] ?? workload('x'), ends[to] ?? workload('y'), rows, { port: 8080 })
    return { ...made, edge: { ...made.edge, id: index } }
  })
  const whole = world(edges, { ground: known, window: { from: 0, to: 3 * stepMs }, sources })
  const classified = classifyWorld(whole)
  const groups = witnessGroups(edges, together ? trendKey(classified.edges) : (each) => each)
  const rows = seen.flatMap(({ from, to, step, rows: own }): StepRow[] => {
    const id = byEdge.get(`${from} ${to}`)?.index ?? 0
    return own.map((each) => ({ ...each, edgeId: groups.get(id) ?? id, t: step * stepMs }))
  })
  return buildTrend(whole, classified, { rows, window: whole.window, stepMs }, 'bytes')
}

/** Of some edges no proxy ever tells; of the others it does whenever they are seen. */
const isSilent = (from: number, to: number) => (from + to) % 4 === 0

const arbitrary = fc.array(
  fc
    .record({
      from: fc.nat(5),
      to: fc.nat(5),
      step: fc.nat(2),
      n: fc.integer({ min: 1, max: 1000 }),
      identity: fc.constantFrom('mtls' as const, 'plaintext' as const),
    })
    .map(({ from, to, step, n, identity }) => ({
      from,
      to,
      step,
      rows: isSilent(from, to) ? [bytes(n)] : [bytes(n), requests(n, identity)],
    })),
  { minLength: 1, maxLength: 20 },
)

it('is the same whether alike edges are added before or each is classified by itself', () => {
  fc.assert(
    fc.property(arbitrary, (seen) => {
      const [together, apart] = [trendOf(seen, true), trendOf(seen, false)]
      for (const [i, each] of apart.coverage.entries()) {
        const other = together.coverage[i] ?? null
        expect(other === null).toBe(each === null)
        if (!each || !other) continue
        expect(other.least).toBeCloseTo(each.least, 9)
        expect(other.most).toBeCloseTo(each.most, 9)
      }
    }),
    { numRuns: 40 },
  )
})

it('tells each step by itself, and nothing where nothing went between nodes', () => {
  const seen = [
    { from: 0, to: 1, step: 0, rows: [bytes(100), requests(10, 'mtls')] },
    { from: 0, to: 5, step: 0, rows: [bytes(100)] },
    { from: 0, to: 1, step: 2, rows: [bytes(50), requests(5, 'mtls')] },
  ]
  const { t, coverage } = trendOf(seen, true)
  expect(t).toEqual([0, 10_000, 20_000])
  expect(coverage).toEqual([{ least: 0.5, most: 0.5 }, null, { least: 1, most: 1 }])
})

it.each([
  ['all have told of it', 30_000, 30_000, true],
  ['one is a little behind', 30_000, 29_000, true],
  ['one has yet to tell most of it', 30_000, 21_000, false],
  ['one is away altogether', 30_000, -200_000, true],
  ['who is behind told nothing of these edges', 30_000, 30_000, true, 'hubble'],
] as const)('has its newest step where %s: %#', (_, goldmane, istio, known, other?: 'hubble') => {
  const source = (type: string, toldUntil: number) => ({
    id: type,
    type,
    cluster: 'east',
    state: 'running' as const,
    stateSince: 0,
    firstEventAt: 0,
    lastEventAt: toldUntil,
    toldUntil,
  })
  const seen = [{ from: 0, to: 1, step: 2, rows: [bytes(50), requests(5, 'mtls')] }]
  const sources = [source('goldmane', goldmane), source('prometheus', istio)]
  const { coverage } = trendOf(seen, true, other ? [...sources, source(other, 10_000)] : sources)
  expect(coverage[2]).toEqual(known ? { least: 1, most: 1 } : null)
})
