import { expect, test } from 'vitest'
import { closePrismaClient, prismaClient } from '../client'
import { createDictionaries } from '../names/dictionaries'
import { readEdgeRows } from '../buckets/read-edge-rows'
import { readEdges } from '../names/read-edges'
import { readFacets } from '../names/read-facets'
import { readFlow } from '../flows/read-flow'
import { readFlows } from '../flows/read-flows'
import { readRecordings } from './read-recordings'
import { readSeriesRows } from '../buckets/read-series-rows'
import { createRecording, deleteRecording, findRecording, updateRecording } from './recordings'
import { noCounters } from '@/core/figures/counters'
import { floorTo } from '@/core/time'
import { edgeName, facetOf, recordRow, sketchOf } from '../test-batches'
import { testDatabase } from '../testing'
import { type RecordingItem, writeRecording } from './write-recording'
import { afterAll } from 'vitest'

const db = testDatabase()
afterAll(() => closePrismaClient(db.url))
const start = Date.UTC(2021, 9, 4, 12)
const window = { from: start, to: start + 600_000 }

const items = (n: number): RecordingItem[] =>
  Array.from({ length: n }, (_, i) => ({
    record: recordRow(start + i * 1_000, 2n ** 63n + BigInt(i)),
    counts:
      i % 5 === 4
        ? []
        : [{ ...noCounters, bucket: floorTo(start + i * 1_000, 10_000), requests: 1, latency: sketchOf(3) }],
    operations: [],
  }))

test('repeating an import, or running it twice at once, counts each flow once', async () => {
  const prisma = prismaClient(db.url)
  const recording = await createRecording(prisma, { name: 'capture', sourceType: 'hubble', cluster: 'demo' })
  expect((await createRecording(prisma, { name: 'capture', sourceType: 'hubble', cluster: 'demo' })).id).toBe(
    recording.id,
  )
  const both = await Promise.all(
    [items(100), items(60).toReversed()].map((part) =>
      writeRecording(db.pool, createDictionaries(db.pool), recording.id, part),
    ),
  )
  expect(both[0]).toBe(100 - (both[1] ?? 0))
  expect(await writeRecording(db.pool, createDictionaries(db.pool), recording.id, items(120))).toBe(20)

  const { rows } = await readEdgeRows(db.pool, { window, recordingId: recording.id, edgeIds: null })
  expect(rows).toMatchObject([{ requests: 96, flows: null }])
  const [row] = rows
  expect(row && (await readEdges(db.pool, [row.edgeId])).get(row.edgeId)).toEqual({
    id: row?.edgeId,
    ...edgeName('web', 'cart'),
  })
  expect(row && (await readFacets(db.pool, [row.facetId])).get(row.facetId)).toEqual(facetOf())

  const series = await readSeriesRows(db.pool, {
    window,
    stepMs: 60_000,
    recordingId: recording.id,
    edgeIds: row ? [row.edgeId] : [],
    byEdge: true,
  })
  expect(series.rows.map(({ t, requests }) => [t, requests])).toEqual([
    [start, 48],
    [start + 60_000, 48],
  ])

  const { rows: flows } = await readFlows(db.pool, {
    window,
    recordingId: recording.id,
    condition: { type: 'all' },
    before: null,
    after: null,
    limit: 500,
    budgetMs: Number.POSITIVE_INFINITY,
  })
  expect(flows).toHaveLength(120)
  expect(flows[0] && (await readFlow(db.pool, flows[0], recording.id))?.shape).toBe('{"node":"n1"}')

  await updateRecording(prisma, recording.id, { linesRead: 5, linesUsed: 4, skipped: { malformed: 1 } })
  expect(await readRecordings(db.pool)).toEqual([
    {
      ...recording,
      from: start,
      to: start + 119_000,
      linesRead: 5,
      linesUsed: 4,
      skipped: { malformed: 1 },
      createdAt: expect.any(Number),
    },
  ])
  expect((await findRecording(prisma, recording.id))?.to).toBe(start + 119_000)
  expect(await deleteRecording(prisma, recording.id)).toBe(true)
  expect(await deleteRecording(prisma, recording.id)).toBe(false)
  await expect(writeRecording(db.pool, createDictionaries(db.pool), recording.id, items(1))).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('one name is one cluster', async () => {
  const prisma = prismaClient(db.url)
  await createRecording(prisma, { name: 'other', sourceType: 'hubble', cluster: 'a' })
  await expect(createRecording(prisma, { name: 'other', sourceType: 'hubble', cluster: 'b' })).rejects.toMatchObject({
    code: 'conflict',
  })
})
