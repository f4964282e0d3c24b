import { expect, test } from 'vitest'
import { copyOut } from './copy-out'
import { testDatabase } from './testing'

const db = testDatabase()

test('numbers, bytes and nulls arrive as they are', async () => {
  const rows = await copyOut(
    db.pool,
    `values (7, 1.5::float8, '\\x00ff'::bytea), (-1, null, null), (0, 9007199254740991::float8, '\\x'::bytea)`,
    (fields) => [fields.int32(), fields.float64(), fields.bytes()],
  )
  expect(rows).toEqual([
    [7, 1.5, Uint8Array.of(0, 255)],
    [-1, null, null],
    [0, Number.MAX_SAFE_INTEGER, new Uint8Array(0)],
  ])
})

test('no rows are none', async () => {
  expect(await copyOut(db.pool, 'select 1 where false', (fields) => fields.int32())).toEqual([])
})

test('a connection that is ended meanwhile fails the read, and the pool goes on', async () => {
  const own = `select pg_terminate_backend(pg_backend_pid())::int from generate_series(1, 10)`
  await expect(copyOut(db.pool, own, (fields) => fields.int32())).rejects.toThrow(/terminat/i)
  expect(await copyOut(db.pool, 'select 2', (fields) => fields.int32())).toEqual([2])
})
