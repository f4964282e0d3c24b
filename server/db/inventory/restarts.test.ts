import { describe, expect, it } from 'vitest'
import type { InventoryChange } from '@/core/inventory/inventory-index'
import { pod } from '@/core/inventory/inventory-samples'
import type { ContainerEnd } from '@/core/marks/restart'
import { everything, scopeOf } from '@/core/scope'
import { pruneRestarts } from './prune-restarts'
import { readPodRestarts } from './read-pod-restarts'
import { readRestartSteps } from './read-restart-steps'
import { readRestarts } from './read-restarts'
import { testDatabase } from '../testing'
import { writeInventory } from './write-inventory'

const db = testDatabase()
const start = 1_800_000_000_000
const minute = 60_000

const ended = (count: number, at = count, container = 'app'): ContainerEnd => ({
  container,
  at: start + at * minute,
  count,
  reason: count === 3 ? 'OOMKilled' : 'Error',
  exitCode: count === 3 ? 137 : 1,
})
const change = (name: string, at: number, ...restarts: ContainerEnd[]): InventoryChange => ({
  object: pod(name, { createdAt: start, restarts }),
  workload: { kind: 'Deployment', name: 'web' },
  at: start + at * minute,
  until: null,
})
const versions = async (cluster: string) =>
  (await db.pool.query('select object from inventory_object where cluster = $1', [cluster])).rows
const window = (from: number, to: number) => ({ from: start + from * minute, to: start + to * minute })
const scope = (cluster: string) => scopeOf([[cluster, 'shop']])

describe('restarts of containers', () => {
  it('are kept once each, also when two collectors tell them, and make no version of the pod', async () => {
    await writeInventory(db.pool, 'r1', [change('a', 0)])
    for (const count of [1, 1, 2, 3]) await writeInventory(db.pool, 'r1', [change('a', count, ended(count))])
    await Promise.all([1, 2].map(() => writeInventory(db.pool, 'r1', [change('a', 4, ended(4))])))
    const found = await readRestarts(db.pool, window(0, 60), scope('r1'))
    expect(found.map(({ count, reason, at }) => [count, reason, (at - start) / minute])).toEqual([
      [4, 'Error', 4],
      [3, 'OOMKilled', 3],
      [2, 'Error', 2],
      [1, 'Error', 1],
    ])
    expect(found[0]).toMatchObject({
      workload: { cluster: 'r1', namespace: 'shop', kind: 'Deployment', name: 'web' },
      pod: 'a',
      uid: 'pod-a',
      exitCode: 1,
    })
    const rows = await versions('r1')
    expect(rows).toHaveLength(1)
    expect(rows[0].object).not.toHaveProperty('restarts')
  })

  it('are told of a window and a scope', async () => {
    await writeInventory(db.pool, 'r2', [change('a', 5, ended(5)), change('b', 5, ended(9))])
    const count = async (...of: Parameters<typeof window>) =>
      (await readRestarts(db.pool, window(...of), scope('r2'))).length
    expect([await count(0, 5), await count(5, 9), await count(0, 60)]).toEqual([0, 1, 2])
    expect(await readRestarts(db.pool, window(0, 60), scopeOf([['r2', 'other']]))).toEqual([])
    expect((await readRestarts(db.pool, window(0, 60), everything)).length).toBeGreaterThanOrEqual(2)
  })

  it('move to the workload that is learnt later', async () => {
    const early = { ...change('a', 1, ended(1)), workload: null }
    await writeInventory(db.pool, 'r3', [early])
    await writeInventory(db.pool, 'r3', [change('a', 2, ended(1))])
    expect(await readRestarts(db.pool, window(0, 60), scope('r3'))).toMatchObject([{ workload: { name: 'web' } }])
  })

  it('of a pod are counted as of the end of the window', async () => {
    await writeInventory(db.pool, 'r4', [change('a', 3, ended(3), ended(7, 2, 'proxy'))])
    await writeInventory(db.pool, 'r4', [change('a', 5, ended(5))])
    const at = async (from: number, to: number) =>
      (await readPodRestarts(db.pool, window(from, to), 'r4', ['pod-a', 'pod-z']))
        .map(({ container, count, before, reason }) => [container, count, before, reason])
        .sort()
    expect(await at(0, 10)).toEqual([
      ['app', 5, 2, 'Error'],
      ['proxy', 7, 6, 'Error'],
    ])
    expect(await at(4, 10)).toEqual([
      ['app', 5, 3, 'Error'],
      ['proxy', 7, 7, 'Error'],
    ])
    expect(await at(0, 4)).toEqual([
      ['app', 3, 2, 'OOMKilled'],
      ['proxy', 7, 6, 'Error'],
    ])
    expect(await at(0, 1)).toEqual([])
  })

  it('are one row a workload, reason and step for an axis, and are forgotten', async () => {
    for (const count of [1, 2, 3, 4, 5]) await writeInventory(db.pool, 'r5', [change('a', count, ended(count))])
    const steps = await readRestartSteps(db.pool, window(0, 60), scope('r5'), 60 * minute)
    expect(steps.map(({ reason, restarts, at }) => [reason, restarts, (at - start) / minute])).toEqual([
      ['OOMKilled', 1, 3],
      ['Error', 4, 1],
    ])
    await pruneRestarts(db.pool, start + 4 * minute)
    expect(await readRestarts(db.pool, window(0, 60), scope('r5'))).toHaveLength(2)
  })
})
