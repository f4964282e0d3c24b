import { describe, expect, it } from 'vitest'
import type { InventoryChange } from '@/core/inventory/inventory-index'
import type { InventoryObject, NetworkPolicyObject } from '@/core/inventory/inventory-object'
import { pod, policy } from '@/core/inventory/inventory-samples'
import { pruneInventory } from '../inventory/prune-inventory'
import { prunePolicyVersions } from './prune-policy-versions'
import { testDatabase } from '../testing'
import { writeInventory } from '../inventory/write-inventory'

const db = testDatabase()
const from = 1_800_000_000_000

const change = (object: InventoryObject, at: number, until: number | null = null): InventoryChange => ({
  object,
  workload: null,
  at: from + at,
  until: until === null ? null : from + until,
})

const one = policy('web', { createdAt: from })
const spec = { podSelector: { matchLabels: { app: 'web' } } }
const madeBy = { manager: 'oriel', operation: 'Apply', time: from + 5_000 }
const touched = (resourceVersion: string) => ({ resourceVersion, generation: 1, times: [from] })

const versions = async (cluster: string) => {
  const { rows } = await db.pool.query<{ object: NetworkPolicyObject; from: number; to: number | null }>(
    `select object, valid_from as "from", valid_to as "to" from inventory_object where cluster = $1 order by valid_from`,
    [cluster],
  )
  return rows.map(({ object, ...row }) => ({
    from: row.from - from,
    to: row.to === null ? null : row.to - from,
    version: object.touched?.resourceVersion,
    by: object.madeBy?.manager ?? null,
    spec: object.spec,
  }))
}

describe('the history of a policy', () => {
  it('has a version for each change of what it says, with who made it', async () => {
    await writeInventory(db.pool, 'p1', [change(one, 1_000)])
    await writeInventory(db.pool, 'p1', [change({ ...one, spec, madeBy, touched: touched('2') }, 5_000)])
    await writeInventory(db.pool, 'p1', [change({ ...one, spec, madeBy, touched: touched('2') }, 9_000, 9_000)])
    expect(await versions('p1')).toEqual([
      { from: 0, to: 5_000, version: '1', by: 'kubectl', spec: one.spec },
      { from: 5_000, to: 9_000, version: '2', by: 'oriel', spec },
    ])
  })

  it('keeps one version where it was only touched, fit to be edited and made by whom it was', async () => {
    await writeInventory(db.pool, 'p2', [change(one, 1_000)])
    for (const version of ['2', '3'])
      await writeInventory(db.pool, 'p2', [change({ ...one, madeBy, touched: touched(version) }, 5_000)])
    expect(await versions('p2')).toEqual([{ from: 0, to: null, version: '3', by: 'kubectl', spec: one.spec }])
  })

  it('is the same when two collectors write it', async () => {
    const steps = [
      [change(one, 1_000)],
      [change({ ...one, touched: touched('2') }, 2_000)],
      [change({ ...one, spec, madeBy, touched: touched('3') }, 3_000)],
    ]
    for (const step of steps) await Promise.all([1, 2].map(() => writeInventory(db.pool, 'p3', step)))
    expect((await versions('p3')).map(({ version, to }) => [version, to])).toEqual([
      ['2', 3_000],
      ['3', null],
    ])
  })

  it('does not touch a version that has ended', async () => {
    await writeInventory(db.pool, 'p4', [change(one, 1_000, 2_000)])
    await writeInventory(db.pool, 'p4', [change({ ...one, touched: touched('2') }, 3_000, 3_000)])
    expect(await versions('p4')).toMatchObject([{ to: 2_000, version: '1' }])
  })

  it('begins anew with what was stored before all of it was kept', async () => {
    const { apiVersion: _a, metadata: _m, more: _o, writers: _w, madeBy: _b, touched: _t, cut: _c, ...old } = one
    await writeInventory(db.pool, 'p5', [change(old, 1_000)])
    await writeInventory(db.pool, 'p5', [change(one, 5_000)])
    expect((await versions('p5')).map((row) => [row.from, row.version])).toEqual([
      [0, undefined],
      [5_000, '1'],
    ])
  })

  it('ends with its retention, but for the version that stands', async () => {
    for (const n of [1, 2, 3])
      await writeInventory(db.pool, 'p6', [change({ ...one, spec: { n }, touched: touched(`${n}`) }, n * 1_000)])
    await pruneInventory(db.pool, from + 2_500)
    expect((await versions('p6')).map(({ version }) => version)).toEqual(['2', '3'])
    await pruneInventory(db.pool, from + 10 ** 9)
    expect((await versions('p6')).map(({ version }) => version)).toEqual(['3'])
  })

  it('keeps the newest versions of what is rewritten all day, and every version of others', async () => {
    for (const n of [1, 2, 3, 4]) {
      await writeInventory(db.pool, 'p7', [change({ ...one, spec: { n }, touched: touched(`${n}`) }, n * 1_000)])
      await writeInventory(db.pool, 'p7-pods', [change(pod('a', { createdAt: from, node: `n${n}` }), n * 1_000)])
    }
    const last = [change(one, 5_000), change(pod('a'), 5_000)]
    for (const cluster of ['p7', 'p7-pods']) await prunePolicyVersions(db.pool, cluster, last, 2)
    expect((await versions('p7')).map(({ version }) => version)).toEqual(['3', '4'])
    expect(await versions('p7-pods')).toHaveLength(4)
  })
})
