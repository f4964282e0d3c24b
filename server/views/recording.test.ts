import { beforeAll, describe, expect, it } from 'vitest'
import { scopeOf } from '@/core/scope'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { noCounters } from '@/core/figures/counters'
import { recordRow } from '@/server/db/test-batches'
import { writeRecording } from '@/server/db/recordings/write-recording'
import { route } from '@/server/http'
import { flowView } from './flow'
import { flowsView } from './flows'
import { mapView } from './map'
import { servicesView } from './services'
import { sourcesView } from './sources'
import { answerOf, get, viewDatabase } from './testing'
import { timelineView } from './timeline'
import { admits } from '@/server/testing-asker'

const db = viewDatabase()
const start = Date.UTC(2021, 9, 4, 12, 0, 3)
let id = 0

beforeAll(async () => {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into recording (name, source_type, cluster) values ('old capture', 'hubble', 'demo') returning id`,
  )
  id = rows[0]?.id ?? 0
  const items = [0, 1, 2, 3].map((i) => ({
    record: recordRow(start + i * 20_000, BigInt(i + 1), { status: i === 0 ? 503 : 200 }),
    counts: [
      {
        ...noCounters,
        bucket: start - 3_000 + i * 20_000,
        requests: 1,
        responses: 1,
        clientErrors: 0,
        serverErrors: i === 0 ? 1 : 0,
      },
    ],
    operations: [],
  }))
  await writeRecording(db.pool, createDictionaries(db.pool), id, items)
})

describe('a recording', () => {
  it('opens on its own time range, years back, and is not in live data', async () => {
    const graph = await answerOf(mapView, `map?recording=${id}`)
    expect(graph.window).toEqual({ from: start - 3_000, to: start + 67_000 })
    expect(graph.edges.map(({ figures }) => [figures.requests, figures.serverErrors])).toEqual([[4, 1]])
    expect((await answerOf(mapView, 'map?last=15m')).edges).toEqual([])
  })

  it('answers the other questions too', async () => {
    const rows = await answerOf(servicesView, `services?recording=${id}&last=15m`)
    expect(rows.find(({ name }) => name === 'cart')?.figures?.requests).toBe(4)
    const { requestRate } = await answerOf(timelineView, `timeline?recording=${id}`)
    expect(requestRate.filter((rate) => rate === 0.1)).toHaveLength(4)
    const { recordings } = await answerOf(sourcesView, 'sources')
    expect(recordings).toMatchObject([{ id, name: 'old capture', from: start }])
  })

  it('has flows whose ids find them without saying which recording', async () => {
    const page = await answerOf(flowsView, `flows?recording=${id}&limit=3`)
    expect(page.rows.map(({ time }) => time)).toEqual([start + 60_000, start + 40_000, start + 20_000])
    const older = await answerOf(flowsView, `flows?recording=${id}&before=${page.before}`)
    expect(older.rows.map(({ status }) => status)).toEqual([503])
    const flow = await route(flowView, admits())(get('flows/x'), { params: Promise.resolve({ id: older.rows[0]?.id }) })
    expect(await flow.json()).toMatchObject({ status: 503, fields: { node: 'n1', uuid: 'u' } })
  })

  it('that is not there is a problem, not an empty map', async () => {
    const answer = await route(mapView, admits())(get(`map?recording=${id + 1}`))
    expect(answer.status).toBe(404)
  })

  it('is listed only for who sees everything', async () => {
    expect((await answerOf(sourcesView, 'sources', scopeOf([['demo', 'shop']]))).recordings).toEqual([])
  })
})
