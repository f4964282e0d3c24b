import { expect, it } from 'vitest'
import type { InventoryChange } from '@/core/inventory/inventory-index'
import type { InventoryObject } from '@/core/inventory/inventory-object'
import { pod, policy } from '@/core/inventory/inventory-samples'
import { testDatabase } from '@/server/db/testing'
import { log } from '@/server/log'
import { createHistory } from './inventory-history'

const db = testDatabase()
const quiet = log.child({}, { level: 'silent' })
const change = (object: InventoryObject, at: number, until: number | null = null): InventoryChange => ({
  object,
  workload: null,
  at,
  until,
})
const read = async (cluster: string) => {
  const { rows } = await db.pool.query<{ told: string }>(
    `select concat_ws(' ', object -> 'touched' ->> 'resourceVersion', object ->> 'node', case when valid_to is not null then 'ended' end) as told
     from inventory_object where cluster = $1 order by valid_from`,
    [cluster],
  )
  return rows.map(({ told }) => told)
}
const touched = (resourceVersion: string) => ({ resourceVersion, generation: 1, times: [1_000] })

it('writes each version of a policy, also one that was undone before it could be written, and none for a touch', async () => {
  const history = createHistory(db.pool, 'policies', quiet)
  const one = policy('web')
  history.add([change(one, 1_000)])
  history.add([change({ ...one, touched: touched('2') }, 2_000)])
  history.add([change({ ...one, spec: { changed: true }, touched: touched('3') }, 3_000)])
  history.add([change({ ...one, touched: touched('4') }, 3_001)])
  history.add([change({ ...one, touched: touched('4') }, 4_000, 4_000)])
  expect(history.pending).toBe(1)
  await history.flush()
  expect(history.pending).toBe(0)
  expect(await read('policies')).toEqual(['2 ended', '3 ended', '4 ended'])
})

it('writes of other objects only what they came to, and bounds the versions of a policy that wait', async () => {
  const history = createHistory(db.pool, 'bounds', quiet)
  for (const n of [1, 2, 3]) history.add([change(pod('a', { node: `n${n}` }), n * 1_000)])
  await history.flush()
  expect(await read('bounds')).toEqual(['n3'])

  const many = createHistory(db.pool, 'many', quiet)
  for (let n = 1; n <= 100; n++) many.add([change(policy('web', { spec: { n }, touched: touched(`${n}`) }), n * 1_000)])
  await many.flush()
  const told = await read('many')
  expect(told).toHaveLength(20)
  expect(told.at(-1)).toBe('100')
})
