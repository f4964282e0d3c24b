import { beforeAll, describe, expect, it } from 'vitest'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName } from '@/server/db/test-batches'
import { compareView } from './compare'
import { answerOf, viewDatabase } from './testing'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000) - 60_000
const minute = (from: number) => `from=${from}&to=${from + 60_000}`
const counted = (serverErrors: number) => ({ requests: 100, responses: 100, clientErrors: 0, serverErrors })

beforeAll(async () => {
  await db.write({
    buckets: [
      bucketRow(now - 120_000, counted(0)),
      bucketRow(now - 120_000, counted(0), edgeName('web', 'old')),
      bucketRow(now - 60_000, counted(40)),
      bucketRow(now - 60_000, counted(0), edgeName('web', 'fresh')),
    ],
    stats: { records: 4, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

const ask = async (query: string) => {
  const answer = await answerOf(compareView, `compare?${query}`)
  const changed = answer.edges.filter(({ differences }) => differences.length > 0)
  return {
    ...answer,
    said: Object.fromEntries(changed.map((each) => [/(\w+)\|80/.exec(each.id)?.[1], each.differences])),
  }
}

describe('compare', () => {
  it('says what differs from the window before, and keeps what is gone', async () => {
    const { said, counts, gone, window } = await ask(minute(now - 60_000))
    expect(said).toEqual({ cart: ['failing'], fresh: ['new'], old: ['gone'] })
    expect(counts).toEqual({ failing: 1, new: 1, gone: 1 })
    expect(gone.edges.map(({ to }) => to)).toEqual(['demo/shop/Deployment/old'])
    expect(gone.nodes.map(({ name }) => name)).toEqual(['old'])
    expect(window).toEqual({ from: now - 120_000, to: now - 60_000 })
  })

  it('compares with a window of the viewer’s choice, within the filter', async () => {
    expect((await ask(`${minute(now - 120_000)}&vs=${now - 60_000}`)).said).toEqual({
      cart: ['recovered'],
      fresh: ['gone'],
      old: ['new'],
    })
    expect((await ask(`${minute(now - 60_000)}&q=to:cart`)).said).toEqual({ cart: ['failing'] })
  })

  it('cannot say what is new where nothing was told before', async () => {
    expect((await ask(`${minute(now - 60_000)}&vs=day`)).said).toEqual({ cart: ['unknown'], fresh: ['unknown'] })
  })
})
