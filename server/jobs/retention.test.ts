import { expect, test } from 'vitest'
import { floorTo } from '@/core/time'
import { systemEvent } from '@/core/audit/event'
import { createDictionaries } from '@/server/db/names/dictionaries'
import { ensurePartitions, partitionName } from '@/server/db/partitions'
import { readCover } from '@/server/db/buckets/read-cover'
import { readPartitions } from '@/server/db/read-partitions'
import { defaultRetention } from '@/server/db/retention'
import { batchOf, bucketRow, edgeName, facetOf, leasedSource, recordRow } from '@/server/db/test-batches'
import { testDatabase } from '@/server/db/testing'
import { writeAuditEvent } from '@/server/db/audit/write-audit-event'
import { writeBatch } from '@/server/db/write-batch'
import { applyRetention } from './retention'
import { rollUp } from './roll-up'

const db = testDatabase()
const now = Date.now()
const hour = 3_600_000

test('drops whole partitions past their retention and keeps those that hold newer data', async () => {
  await ensurePartitions(db.pool, 'edge_bucket_10s', [now - 5 * hour, now - hour, now])
  await ensurePartitions(db.pool, 'denied_record', [now - 10 * 24 * hour, now])
  const dropped = await applyRetention(db.pool, defaultRetention, now)
  expect(dropped).toEqual([
    partitionName('edge_bucket_10s', now - 5 * hour),
    partitionName('denied_record', now - 10 * 24 * hour),
  ])
  expect((await readPartitions(db.pool, 'edge_bucket_10s')).map((p) => p.name)).toEqual(
    [now - hour, now].map((t) => partitionName('edge_bucket_10s', t)),
  )
})

test('keeps buckets that await their roll-up', async () => {
  const token = await leasedSource(db.pool, 'late')
  const bucket = floorTo(now - hour, 10_000)
  const batch = batchOf('late', token, { buckets: [bucketRow(bucket, { flows: 1 }, edgeName('a', 'b'), facetOf())] })
  await writeBatch(db.pool, createDictionaries(db.pool), batch)
  const later = now + 5 * hour
  expect(await applyRetention(db.pool, defaultRetention, later)).not.toContain(partitionName('edge_bucket_10s', bucket))
  await rollUp(db.pool, later)
  expect(await applyRetention(db.pool, defaultRetention, later)).toContain(partitionName('edge_bucket_10s', bucket))
  const cover = await readCover(db.pool, { from: bucket, to: bucket + 600_000 })
  expect(cover.segments.every((segment) => segment.tier !== '10s')).toBe(true)
})

test('a writer makes a partition anew that retention dropped under it', async () => {
  const token = await leasedSource(db.pool, 'dropped')
  const dictionaries = createDictionaries(db.pool)
  const write = (key: bigint) =>
    writeBatch(db.pool, dictionaries, batchOf('dropped', token, { records: [recordRow(now, key)] }))
  await write(1n)
  await db.pool.query(`drop table ${partitionName('flow_record', now)}`)
  await write(2n)
  expect(
    (await db.pool.query('select key::text from flow_record where time >= to_timestamp($1::float8 / 1000)', [now - 1]))
      .rows,
  ).toEqual([{ key: '2' }])
})

test('forgets shapes that no record can name any more, but not those of a recording', async () => {
  await db.pool.query(
    `insert into flow_shape (hash, shape, seen_on) values (1, '{}', '2020-01-01'), (2, '{}', current_date)`,
  )
  await db.pool.query(`insert into recording (name, source_type, cluster) values ('r', 'hubble', 'c')`)
  await db.pool
    .query(`with s as (insert into flow_shape (hash, shape, seen_on) values (3, '{}', 'infinity') returning id)
insert into recording_flow select r.id, now(), 1, 1, 1, s.id, 1, null, null, '', '' from s, recording r`)
  await applyRetention(db.pool, defaultRetention, now)
  expect((await db.pool.query(`select hash from flow_shape where hash < 10 and hash > 0 order by hash`)).rows).toEqual([
    { hash: 2 },
    { hash: 3 },
  ])
  await db.pool.query('delete from recording')
  await applyRetention(db.pool, defaultRetention, now + 5 * 24 * hour)
  expect((await db.pool.query(`select hash from flow_shape where hash < 10 and hash > 0 order by hash`)).rows).toEqual(
    [],
  )
})

test('forgets the audit past its retention by whole days, and tells of it in the audit', async () => {
  const event = { ...systemEvent, action: 'database.migrated' } as const
  for (const days of [401.5, 300])
    await writeAuditEvent(db.pool, { ...event, target: `${days}` }, now - days * 24 * hour)
  await applyRetention(db.pool, defaultRetention, now)
  await applyRetention(db.pool, defaultRetention, now)
  const { rows } = await db.pool.query('select action, target from audit_event order by id')
  expect(rows).toEqual([
    { action: 'database.migrated', target: '300' },
    { action: 'audit.pruned', target: expect.stringMatching(/^1 events from before \d{4}-\d\d-\d\d$/) },
  ])
})

test('forgets sessions whose time is over, and tells of each in the audit', async () => {
  const account = `insert into account (issuer, subject, name, groups) values ('i', 's', 'Alice', '{}') returning id`
  const { rows } = await db.pool.query<{ id: number }>(account)
  const session = `insert into session (token_hash, account_id, ends_at, address, agent) values ($1, $2, to_timestamp($3::float8 / 1000), '', '')`
  for (const [token, ends] of [
    ['over', now - 1],
    ['on', now + hour],
  ] as const)
    await db.pool.query(session, [Buffer.from(token), rows[0]?.id, ends])
  await applyRetention(db.pool, defaultRetention, now)
  expect((await db.pool.query(`select convert_from(token_hash, 'UTF8') as token from session`)).rows).toEqual([
    { token: 'on' },
  ])
  const told = await db.pool.query(`select account_id, target, reason from audit_event where action = 'session.ended'`)
  expect(told.rows).toEqual([{ account_id: rows[0]?.id, target: 'Alice', reason: 'Its longest time was over.' }])
})
