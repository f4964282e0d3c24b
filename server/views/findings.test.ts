import { beforeAll, describe, expect, it } from 'vitest'
import { floorTo } from '@/core/time'
import { scopeOf } from '@/core/scope'
import { bucketRow, edgeName, facetOf, sketchOf } from '@/server/db/test-batches'
import { findingsView } from './findings'
import { mapView } from './map'
import { answerOf as ask, viewDatabase } from './testing'
import { whyView } from './why'

const db = viewDatabase()
const minute = 60_000
const now = floorTo(Date.now(), 300_000)
const begins = now - 4 * minute
const key = (name: string) => `demo/shop/Deployment/${name}`

/** Two hours of calls in each minute; from `begins` on the database is slow and fails, and the cart with it. */
beforeAll(async () => {
  const buckets = Array.from({ length: 120 }, (_, at) => now - (120 - at) * minute).flatMap((time) => {
    const ill = time >= begins
    const answered = (n: number) => ({
      requests: n,
      responses: n,
      clientErrors: 0,
      serverErrors: ill ? n / 5 : 0,
      latency: sketchOf(...Array.from({ length: n }, () => (ill ? 400 : 20))),
    })
    return [
      bucketRow(time, answered(60)),
      bucketRow(time, answered(60), edgeName('cart', 'db', 5432), facetOf({ reporter: 'source' })),
    ]
  })
  await db.write({ buckets, stats: { records: 1, malformed: 0, lastEventAt: now, rate: 1, facts: null } })
})
const window = `from=${now - 10 * minute}&to=${now}`
const dbEdge = `${key('cart')}|${key('db')}|5432|tcp`

describe('findings', () => {
  it('name the root once, whom it reaches, and since when', async () => {
    const { findings, counts, covered, pastMs } = await ask(findingsView, `findings?${window}`)
    expect(findings.filter(({ audit }) => audit === 'unwell')).toMatchObject([
      {
        title: 'cart → db is failing',
        subject: dbEdge,
        affected: [{ name: 'cart' }, { name: 'web' }],
        onset: { figure: 'errors', at: begins, atLeast: false, before: 0 },
        change: null,
      },
    ])
    expect(counts.failing).toBe(1)
    expect(covered).toBeCloseTo(1)
    expect(pastMs).toBeGreaterThan(100 * minute)
  })

  it('keep to their cluster and scope; of a cluster that nobody knows, nothing is covered', async () => {
    expect(await ask(findingsView, `findings?${window}&cluster=nowhere`)).toMatchObject({ findings: [], covered: 0 })
    expect((await ask(findingsView, `findings?${window}&cluster=demo`)).covered).toBeCloseTo(1)
    expect((await ask(findingsView, `findings?${window}`, scopeOf([['demo', 'other']]))).findings).toEqual([])
  })

  it('are judged as the map is, against the same past', async () => {
    const { edges } = await ask(mapView, `map?${window}`)
    expect(edges.map(({ health }) => health)).toEqual(['failing', 'failing'])
    const early = `from=${now - 30 * minute}&to=${now - 5 * minute}`
    expect((await ask(mapView, `map?${early}`)).edges.map(({ health }) => health)).toEqual(['healthy', 'healthy'])
    expect((await ask(findingsView, `findings?${early}`)).findings.filter(({ audit }) => audit === 'unwell')).toEqual(
      [],
    )
  })
})

describe('why', () => {
  it('tells where the trouble of an edge begins, and since when there', async () => {
    const sel = encodeURIComponent(`${key('web')}|${key('cart')}|80|tcp`)
    expect(await ask(whyView, `why?${window}&sel=${sel}`)).toMatchObject({
      ailment: 'errors',
      sentence: '100 % of these errors begin one hop on: cart → db.',
      hops: [{ id: dbEdge, share: 1 }],
      onset: { at: begins },
      there: { at: begins },
      change: null,
    })
  })
  it('says nothing about what is well or unknown', async () => {
    expect(await ask(whyView, `why?${window}&sel=nobody`)).toMatchObject({ ailment: null, sentence: '', hops: [] })
  })
})
