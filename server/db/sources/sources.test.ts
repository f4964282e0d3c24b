import { expect, test } from 'vitest'
import type { Gap } from '@/core/observation'
import { createDictionaries } from '../names/dictionaries'
import { acquireLease, releaseLease, renewLease } from './lease'
import { readGaps } from './read-gaps'
import { readLost } from './read-lost'
import { readNewestEvent } from './read-newest-event'
import { readSources } from './read-sources'
import { batchOf, leasedSource } from '../test-batches'
import { testDatabase } from '../testing'
import { upsertSource } from './upsert-source'
import { writeBatch } from '../write-batch'
import { writeSourceState } from './write-source-state'

const db = testDatabase()
const at = Date.UTC(2026, 0, 1)

test('a lease is one holder’s until it ends, and its token grows', async () => {
  const token = await leasedSource(db.pool, 'lease')
  expect(await acquireLease(db.pool, 'lease', 'other', 1_000)).toBeNull()
  expect(await renewLease(db.pool, 'lease', token, 60_000)).toBe(true)
  await releaseLease(db.pool, 'lease', token)
  const next = await acquireLease(db.pool, 'lease', 'other', 1_000)
  expect(next).toBe(token + 1n)
  expect(await renewLease(db.pool, 'lease', token, 60_000)).toBe(false)
})

test('of many that want a free lease one gets it', async () => {
  await upsertSource(db.pool, { id: 'race', type: 'hubble', cluster: 'c', title: 't', target: 'x' })
  const tokens = await Promise.all(Array.from({ length: 8 }, (_, i) => acquireLease(db.pool, 'race', `h${i}`, 60_000)))
  expect(tokens.filter((token) => token !== null)).toEqual([1n])
})

test('the state’s beginning moves only with the state', async () => {
  await leasedSource(db.pool, 'state')
  const read = async () => (await readSources(db.pool)).find((source) => source.id === 'state')
  await writeSourceState(db.pool, 'state', 'running', '')
  const first = await read()
  await writeSourceState(db.pool, 'state', 'running', 'still')
  expect(await read()).toMatchObject({
    state: 'running',
    stateSince: first?.stateSince,
    message: 'still',
    leased: true,
    records: 0,
    lastEventAt: null,
    toldUntil: null,
  })
})

test('a source has told up to its newest event, or later where nothing happened', async () => {
  const token = await leasedSource(db.pool, 'told')
  const write = (lastEventAt: number | null, toldUntil: number | null) =>
    writeBatch(
      db.pool,
      createDictionaries(db.pool),
      batchOf('told', token, { stats: { records: 0, malformed: 0, rate: null, facts: null, lastEventAt, toldUntil } }),
    )
  const read = async () => (await readSources(db.pool)).find((source) => source.id === 'told')
  await write(at, null)
  expect(await read()).toMatchObject({ lastEventAt: at, toldUntil: at })
  await write(null, at + 60_000)
  await write(at + 10_000, at + 30_000)
  expect(await read()).toMatchObject({ lastEventAt: at + 10_000, toldUntil: at + 60_000 })
  expect(await readNewestEvent(db.pool)).toBeGreaterThanOrEqual(at + 60_000)
})

const gap = (from: number, to: number | null, lost: number | null = null, more: Partial<Gap> = {}): Gap => ({
  cluster: 'demo',
  part: '',
  cause: 'lost_events',
  from: at + from,
  to: to === null ? null : at + to,
  lost,
  ...more,
})

test.each<[string, readonly (readonly Gap[])[], readonly (readonly [number, number | null, number | null])[]]>([
  [
    'apart stay apart',
    [[gap(0, 1_000, 1)], [gap(60_000, 61_000, 2)]],
    [
      [0, 1_000, 1],
      [60_000, 61_000, 2],
    ],
  ],
  ['that touch become one', [[gap(0, 10_000, 1)], [gap(10_000, 20_000, 2)]], [[0, 20_000, 3]]],
  ['open are closed by their end', [[gap(0, null)], [gap(0, null)], [gap(0, 30_000, 7)]], [[0, 30_000, 7]]],
  ['filled by a replay vanish', [[gap(5_000, null)], [gap(5_000, 5_000)]], []],
  ['told twice count once', [[gap(0, 10_000, 4)], [gap(0, 10_000, 4)]], [[0, 10_000, 4]]],
  [
    'of another part or cause are others',
    [[gap(0, 10_000, 1), gap(0, 10_000, 1, { part: 'node-1' }), gap(0, 10_000, 1, { cause: 'overload' })]],
    [
      [0, 10_000, 1],
      [0, 10_000, 1],
      [0, 10_000, 1],
    ],
  ],
  [
    'in between join both sides',
    [[gap(0, 10_000, 1)], [gap(20_000, 30_000, 1)], [gap(10_000, 20_000, null)]],
    [[0, 30_000, 2]],
  ],
])('gaps that are %s', async (name, reports, expected) => {
  const token = await leasedSource(db.pool, name)
  for (const gaps of reports) await writeBatch(db.pool, createDictionaries(db.pool), batchOf(name, token, { gaps }))
  const gaps = (await readGaps(db.pool, { from: at, to: at + 3_600_000 })).filter(({ source }) => source === name)
  const spans = gaps.map(({ from, to, lost }) => [from - at, to === null ? null : to - at, lost])
  expect(spans.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual(expected)
})

test('what is lost is unknown where one gap does not know', async () => {
  const token = await leasedSource(db.pool, 'lost')
  await writeBatch(
    db.pool,
    createDictionaries(db.pool),
    batchOf('lost', token, {
      gaps: [
        gap(0, 1, 5),
        gap(9_000, 9_001, 6),
        gap(0, 1, 5, { cause: 'overload' }),
        gap(9_000, 9_001, null, { cause: 'overload' }),
        gap(9_000, 9_001, null, { cause: 'unknown' }),
      ],
    }),
  )
  expect((await readLost(db.pool, at)).filter(({ source }) => source === 'lost')).toEqual([
    { source: 'lost', cause: 'lost_events', records: 11, gaps: 2, uncounted: 0 },
    { source: 'lost', cause: 'overload', records: 5, gaps: 2, uncounted: 1 },
    { source: 'lost', cause: 'unknown', records: null, gaps: 1, uncounted: 1 },
  ])
})
