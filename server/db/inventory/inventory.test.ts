import { describe, expect, it } from 'vitest'
import { createInventoryIndex, type InventoryChange } from '@/core/inventory/inventory-index'
import type { InventoryObject } from '@/core/inventory/inventory-object'
import { restoreInventory } from '@/core/inventory/inventory-restore'
import { ownedBy, pod, service, slice, workload } from '@/core/inventory/inventory-samples'
import { everything, scopeOf } from '@/core/scope'
import { healthAnnotation } from '@/core/health/tolerance-annotation'
import { readInventory } from './read-inventory'
import { readInventoryHistory } from './read-inventory-history'
import { testDatabase } from '../testing'
import { writeInventory } from './write-inventory'

const db = testDatabase()
const from = 1_800_000_000_000

const change = (object: InventoryObject, at: number, until: number | null = null): InventoryChange => ({
  object,
  workload: object.kind === 'Pod' ? { kind: 'Deployment', name: 'web' } : null,
  at: from + at,
  until: until === null ? null : from + until,
})
const made = { createdAt: from }

const intervals = async (cluster: string) => {
  const { rows } = await db.pool.query<{ name: string; from: number; to: number | null; node: string }>(
    `select name, valid_from as "from", valid_to as "to", object ->> 'node' as node from inventory_object where cluster = $1 order by name, valid_from`,
    [cluster],
  )
  return rows.map((row) => [row.name, row.node, row.from - from, row.to === null ? null : row.to - from])
}

describe('history', () => {
  it('begins at the creation, goes on at a change and ends', async () => {
    const one = pod('a', made)
    await writeInventory(db.pool, 'h1', [change(one, 5_000)])
    await writeInventory(db.pool, 'h1', [change({ ...one, node: 'n2' }, 9_000)])
    await writeInventory(db.pool, 'h1', [change({ ...one, node: 'n2' }, 20_000, 20_000)])
    expect(await intervals('h1')).toEqual([
      ['a', 'n1', 0, 9_000],
      ['a', 'n2', 9_000, 20_000],
    ])
  })

  it('is the same when a write is repeated or made by two collectors at once', async () => {
    const changes = Array.from({ length: 20 }, (_, n) => change(pod(`p${n}`, made), 1_000))
    await Promise.all([1, 2, 3].map(() => writeInventory(db.pool, 'h2', changes)))
    const moved = changes.map(({ object }) => change({ ...object, node: 'n2' } as InventoryObject, 2_000))
    await Promise.all(
      [moved, moved.map((one) => ({ ...one, at: one.at + 3 }))].map((batch) => writeInventory(db.pool, 'h2', batch)),
    )
    const rows = await intervals('h2')
    expect(rows).toHaveLength(40)
    expect(rows.filter(([, , , to]) => to === null)).toHaveLength(20)
    const ends = changes.map(({ object }) => change({ ...object, node: 'n2' } as InventoryObject, 3_000, 3_000))
    await Promise.all([ends, ends].map((batch) => writeInventory(db.pool, 'h2', batch)))
    const ended = await intervals('h2')
    expect(ended).toHaveLength(40)
    expect(ended.filter(([, , , to]) => to === null)).toHaveLength(0)
  })

  it('keeps an object that came and went between two writes, and one that came back', async () => {
    const one = pod('a', made)
    await writeInventory(db.pool, 'h3', [change(one, 1_000, 4_000)])
    await writeInventory(db.pool, 'h3', [change(one, 6_000)])
    expect(await intervals('h3')).toEqual([
      ['a', 'n1', 0, 4_000],
      ['a', 'n1', 6_000, null],
    ])
  })

  it('never has two versions of an object at one time, also when the clock steps back', async () => {
    const one = pod('a', made)
    for (const [node, at] of [
      ['n1', 9_000],
      ['n2', 8_000],
      ['n3', 1],
      ['n4', 1],
    ] as const) {
      await writeInventory(db.pool, 'h4', [change({ ...one, node }, at)])
    }
    const rows = await intervals('h4')
    expect(rows.map(([, node]) => node)).toEqual(['n1', 'n2', 'n3', 'n4'])
    for (const [index, row] of rows.entries()) expect(row[3]).toBe(rows[index + 1]?.[2] ?? null)
  })

  it('restores an index that answers as the one that wrote it', async () => {
    const set = workload('ReplicaSet', 'web-1', { ...made, ...ownedBy(workload('Deployment', 'web')) })
    const a = pod('a', { ...made, ...ownedBy(set), ips: ['10.0.0.1'], ipSince: from + 2_000 })
    const b = pod('b', { ...made, ips: ['10.0.0.1'], ipSince: from + 50_000 })
    const live = createInventoryIndex('h5')
    const apply = async (type: 'upsert' | 'delete', object: InventoryObject, at: number) =>
      writeInventory(db.pool, 'h5', live.apply({ type, object, at: from + at }))
    await apply('upsert', a, 3_000)
    await apply('upsert', set, 3_500)
    await apply('upsert', { ...a, node: 'n2' }, 10_000)
    await apply('delete', { ...a, node: 'n2' }, 40_000)
    await apply('upsert', b, 51_000)
    const restored = createInventoryIndex('h5')
    restoreInventory(restored, await readInventoryHistory(db.pool, 'h5', from))
    const ask = (index: typeof live) =>
      [2_000, 9_000, 39_000, 45_000, 50_000, 99_000].map((time) => index.resolveIp('h5', '10.0.0.1', from + time)?.name)
    expect(ask(restored)).toEqual(['web', 'web', 'web', 'web', 'b', 'b'])
    expect(ask(restored)).toEqual(ask(live))
    expect(restored.apply({ type: 'upsert', object: b, at: from + 60_000 })).toEqual([])
    expect(restored.count('Pod')).toBe(1)
  })
})

describe('readInventory', () => {
  it('answers as of the end of the window, as the live index does, and within the scope', async () => {
    const index = createInventoryIndex('r1')
    const web = workload('Deployment', 'web', { ...made, podLabels: { app: 'web' } })
    const set = workload('ReplicaSet', 'web-1', { ...made, ...ownedBy(web) })
    const pods = [1, 2, 3].map((n) => pod(`web-${n}`, { ...made, ...ownedBy(set), labels: { app: 'web' } }))
    const cart = pod('cart', { ...made, owner: { kind: 'Rollout', name: 'cart', uid: 'r' } })
    const other = pod('other', { ...made, namespace: 'team-b', uid: 'other' })
    const objects = [
      web,
      set,
      ...pods,
      cart,
      other,
      workload('Job', 'import', { ...made, finished: true }),
      service('web', { ...made, selector: { app: 'web' } }),
      { ...slice('cart', [cart]), ...made },
      service('cart', made),
    ]
    for (const object of objects)
      await writeInventory(db.pool, 'r1', index.apply({ type: 'upsert', object, at: from + 1_000 }))
    const sorted = (
      items: readonly { endpoint: { kind: string; name: string }; services: readonly string[]; pods: number }[],
    ) => items.map(({ endpoint, services, pods }) => [`${endpoint.kind}/${endpoint.name}`, services, pods]).sort()
    const at = (time: number) => ({ from, to: from + time })
    const items = await readInventory(db.pool, at(5_000), scopeOf([['r1', 'shop']]))
    expect(sorted(items)).toEqual([
      ['Deployment/web', ['web'], 3],
      ['Rollout/cart', ['cart'], 1],
      ['Service/cart', [], 1],
      ['Service/web', [], 3],
    ])
    const all = (await readInventory(db.pool, at(5_000), everything)).filter(
      ({ endpoint }) => endpoint.cluster === 'r1',
    )
    expect(sorted(all)).toEqual(sorted(index.items()))

    for (const object of [...pods.slice(1), web]) {
      await writeInventory(db.pool, 'r1', index.apply({ type: 'delete', object, at: from + 10_000 }))
    }
    const later = await readInventory(db.pool, at(20_000), scopeOf([['r1', 'shop']]))
    expect(sorted(later)).toContainEqual(['Deployment/web', ['web'], 1])
    expect(await readInventory(db.pool, { from: from - 2_000, to: from - 1_000 }, everything)).toEqual([])
  })

  it('tells the health annotation of a workload, else of its namespace', async () => {
    const index = createInventoryIndex('r2')
    const said = (text: string) => ({ ...made, annotations: { [healthAnnotation]: text } })
    const objects: InventoryObject[] = [
      {
        ...made,
        annotations: { [healthAnnotation]: 'errors=2%' },
        uid: 'ns',
        namespace: '',
        name: 'shop',
        kind: 'Namespace',
        createdAt: from,
        labels: {},
        owner: null,
      },
      workload('Deployment', 'web', said('p95=300ms')),
      workload('Deployment', 'cart', made),
    ]
    for (const object of objects)
      await writeInventory(db.pool, 'r2', index.apply({ type: 'upsert', object, at: from + 1_000 }))
    const items = await readInventory(db.pool, { from, to: from + 5_000 }, scopeOf([['r2', 'shop']]))
    expect(items.map(({ endpoint, health }) => [endpoint.name, health]).sort()).toEqual([
      ['cart', 'errors=2%'],
      ['web', 'p95=300ms'],
    ])
  })
})
