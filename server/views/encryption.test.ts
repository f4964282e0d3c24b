import { beforeAll, describe, expect, it } from 'vitest'
import { scopeOf as scopeFor } from '@/core/scope'
import { floorTo } from '@/core/time'
import { bucketRow, edgeName, facetOf } from '@/server/db/test-batches'
import { writeEncryptionException } from '@/server/db/encryption/write-encryption-exception'
import { route } from '@/server/http'
import { encryptionView } from './encryption'
import { encryptionEdgeView } from './encryption-edge'
import { encryptionFigureView } from './encryption-figure'
import { encryptionTrendView } from './encryption-trend'
import { answerOf as ask, get, viewDatabase } from './testing'
import { admits } from '@/server/testing-asker'

const db = viewDatabase()
const now = floorTo(Date.now(), 10_000)
const [mtls, plain] = [facetOf({ encryption: 'mtls' }), facetOf({ encryption: 'plaintext', hop: 'open' })]
const counts = (n: number) => ({ requests: n, responses: n, clientErrors: 0, serverErrors: 0 })
const sel = 'demo/shop/Deployment/cart|demo/shop/Deployment/db|5432|tcp'

beforeAll(async () => {
  await db.write({
    buckets: [
      bucketRow(now - 60_000, counts(30), edgeName('web', 'cart'), mtls),
      bucketRow(now - 30_000, counts(30), edgeName('web', 'cart'), mtls),
      bucketRow(now - 60_000, counts(20), edgeName('cart', 'db', 5432), plain),
      bucketRow(now - 40_000, counts(20), edgeName('cart', 'mail', 25)),
    ],
    stats: { records: 4, malformed: 0, lastEventAt: now, rate: 1, facts: null },
  })
})

describe('coverage of encryption', () => {
  it('is measured from what was seen, as bounds', async () => {
    const answer = await ask(encryptionView, 'encryption?last=5m&unit=requests')
    expect(answer.amounts).toMatchObject({ mtls: 60, plaintext: 20, unknown: 20 })
    expect(answer.coverage).toEqual({ least: 0.6, most: 0.8 })
    expect(answer.plaintext.map(({ id }) => id)).toEqual([sel])
    expect(answer.window.to).toBe(now)
  })

  it('is of the edges that a filter leaves, and of those of the scope', async () => {
    const narrowed = await ask(encryptionView, 'encryption?last=5m&unit=requests&q=to:cart')
    expect(narrowed.coverage).toEqual({ least: 1, most: 1 })
    expect((await ask(encryptionView, 'encryption?last=5m&unit=bytes')).edges).toMatchObject({
      counted: 0,
      withoutUnit: 3,
    })
    const scoped = await ask(encryptionView, 'encryption?last=5m&unit=requests', scopeFor([['demo', 'bank']]))
    expect(scoped.edges.counted).toBe(0)
    expect(scoped.part).toEqual({ namespaces: ['demo/bank'], count: 1 })
    expect(narrowed.part).toBeNull()
  })

  it('says who accepts plaintext, and counts it as plaintext', async () => {
    const window = `from=${now - 300_000}&to=${now}`
    await writeEncryptionException(db.pool, {
      filter: 'to:shop/db',
      owner: 'data',
      reason: 'driver',
      expiresAt: now + 1_000_000,
      createdBy: 'ada',
      account: null,
    })
    const { plaintext, accepted, coverage } = await ask(encryptionView, `encryption?${window}&unit=requests`)
    expect(plaintext[0]?.accepted).toMatchObject({ owner: 'data', createdBy: 'ada' })
    expect(accepted).toEqual({ edges: 1, amount: 20 })
    expect(coverage).toEqual({ least: 0.6, most: 0.8 })
  })

  it('opens its evidence: the edges of a figure, and one edge with when it was seen', async () => {
    const { edges, parts } = await ask(
      encryptionFigureView,
      'encryption/figure?last=5m&unit=requests&of=group:demo/shop&class=plaintext',
    )
    expect(edges.map(({ id, amount }) => [id, amount])).toEqual([[sel, 20]])
    expect(parts).toMatchObject([{ class: 'plaintext', basis: 'measured', witnesses: ['hubble/destination'] }])
    const proof = await ask(encryptionEdgeView, `encryption/edge?last=5m&sel=${encodeURIComponent(sel)}`)
    expect(proof.units.requests?.identity).toMatchObject({ shares: { plaintext: 1 }, witness: 'hubble/destination' })
    expect(proof.told).toMatchObject([{ encryption: 'plaintext', hop: 'open', requests: 20, lastSeen: now - 50_000 }])
  })

  it('asks for an edge by its id', async () => {
    for (const query of ['encryption/edge?last=5m', 'encryption/edge?last=5m&sel='])
      expect((await route(encryptionEdgeView, admits())(get(query))).status).toBe(400)
  })

  it('is told over time', async () => {
    const { t, coverage, stepMs } = await ask(encryptionTrendView, 'encryption/trend?last=5m&unit=requests')
    const at = (time: number) => coverage[t.findIndex((start) => start <= time && time < start + stepMs)]
    expect(at(now - 60_000)).toEqual({ least: 0.6, most: 0.6 })
    expect(at(now - 40_000)).toEqual({ least: 0, most: 1 })
    expect(at(now - 30_000)).toEqual({ least: 1, most: 1 })
    expect(at(now - 200_000)).toBeNull()
  })
})
