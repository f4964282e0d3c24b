import { beforeAll, describe, expect, it } from 'vitest'
import { floorTo } from '@/core/time'
import { defaultRetention } from '@/server/db/retention'
import { bucketRow, edgeName, facetOf } from '@/server/db/test-batches'
import { applyRetention } from '@/server/jobs/retention'
import { rollUp } from '@/server/jobs/roll-up'
import { flowDenialsView } from './flow-denials'
import { seriesView } from './series'
import { serviceView } from './service'
import { servicesView } from './services'
import { answerOf, viewDatabase } from './testing'
import { timelineView } from './timeline'

const db = viewDatabase()
const now = Date.now()
/** Buckets of ten seconds are kept for less than that, below. */
const from = floorTo(now - 100 * 60_000, 300_000)
const minutes = [0, 1, 2, 3, 4].map((minute) => from + minute * 60_000)
const window = `from=${from}&to=${from + 300_000}`
const self = encodeURIComponent('demo/shop/Deployment/cart')

const told = (lastEventAt: number) => ({ records: 30, malformed: 0, lastEventAt, rate: 1, facts: null })

beforeAll(async () => {
  const tens = Array.from({ length: 30 }, (_, at) => from + at * 10_000)
  const answered = { requests: 20, responses: 20, clientErrors: 0, serverErrors: 0 }
  await db.write({
    buckets: [
      ...tens.map((bucket) => bucketRow(bucket, answered)),
      ...tens.map((bucket) =>
        bucketRow(bucket, { flows: 1 }, edgeName('web', 'gate'), facetOf({ verdict: 'denied', l7: 'none' })),
      ),
    ],
    stats: told(now),
  })
  await rollUp(db.pool, now)
  await applyRetention(db.pool, { ...defaultRetention, '10s': 20 * 60_000 }, now)
})

describe('a short window that is older than the finest buckets are kept is drawn from the minutes', () => {
  it('as the series of a selection and as the strip under the map', async () => {
    const series = await answerOf(seriesView, `series?${window}&sel=${self}`)
    expect([series.stepMs, series.t, series.requestRate]).toEqual([60_000, minutes, [2, 2, 2, 2, 2]])
    const totals = await answerOf(timelineView, `timeline?${window}`)
    expect([totals.stepMs, totals.t, totals.requestRate]).toEqual([60_000, minutes, [2, 2, 2, 2, 2]])
  })

  it('on the page of a service, with the figures that its totals say', async () => {
    const { series, incoming } = await answerOf(serviceView, `service?${window}&sel=${self}`)
    expect([series.stepMs, series.requestRate]).toEqual([60_000, [2, 2, 2, 2, 2]])
    expect(incoming?.requestRate).toBe(2)
  })

  it('as small charts of the list', async () => {
    const rows = await answerOf(servicesView, `services?${window}`)
    expect(rows.find(({ name }) => name === 'cart')?.requestSpark).toEqual([2, 2, 2, 2, 2])
  })

  it('as denials over time', async () => {
    const { denials, stepMs } = await answerOf(flowDenialsView, `flow-denials?${window}`)
    expect([stepMs, denials.length]).toEqual([60_000, 1])
  })
})

it('steps are as coarse as the oldest part of a window needs', async () => {
  const old = `from=${now - 55 * 60_000}&to=${now - 51 * 60_000}`
  expect((await answerOf(timelineView, `timeline?${old}`)).stepMs).toBe(60_000)
  const fresh = `from=${now - 300_000}&to=${now}`
  expect((await answerOf(timelineView, `timeline?${fresh}`)).stepMs).toBe(10_000)
})
