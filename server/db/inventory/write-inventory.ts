import type { InventoryChange } from '@/core/inventory/inventory-index'
import { inTransaction, type Pool } from '../pool'
import { prunePolicyVersions } from '../policy/prune-policy-versions'
import { writeRestarts } from './write-restarts'

/** Told of a version and no part of what it says (core/policy/policy-version.ts). */
const notCompared = `'{madeBy,touched}'::text[]`

// Rows are ended by their place, which the lookup has found: joined by key, a young table without statistics is read whole.
const write = `with change as (
  select kind, uid, namespace, name, object,
    to_timestamp(since / 1000) as since, to_timestamp(at / 1000) as at, to_timestamp(until / 1000) as until
  from jsonb_to_recordset($2::jsonb) as c
    (kind text, uid text, namespace text, name text, since float8, at float8, until float8, object jsonb)
), state as (
  select c.*, last.row, last.valid_from, last.valid_to, last.object - ${notCompared} is distinct from c.object - ${notCompared} as differs,
    case when last.valid_from is null then c.since
      else greatest(c.at, last.valid_to, last.valid_from + interval '1 ms') end as moment
  from change c left join lateral (
    select ctid as row, valid_from, valid_to, object from inventory_object o
    where o.cluster = $1 and o.kind = c.kind and o.uid = c.uid order by valid_from desc limit 1
  ) last on true
), touched as (
  update inventory_object o set object = jsonb_set(o.object, '{touched}', s.object -> 'touched')
  from state s
  where o.ctid = s.row and s.valid_to is null and s.until is null and not s.differs
    and o.object -> 'touched' is distinct from s.object -> 'touched'
), ended as (
  update inventory_object o
  set valid_to = case when s.differs then s.moment else greatest(s.until, s.valid_from + interval '1 ms') end
  from state s
  where o.ctid = s.row and s.valid_to is null and (s.differs or s.until is not null)
)
insert into inventory_object (cluster, kind, uid, namespace, name, valid_from, valid_to, object)
select $1, kind, uid, namespace, name, moment, until, object from state
where (until is null or until > moment)
  and (valid_from is null or (valid_to is null and differs) or (valid_to is not null and until is null))`

/** One writer of a cluster's history at a time; the write then sees what the other has written. */
const lock = `select pg_advisory_xact_lock(hashtextextended('inventory:' || $1, 0))`

/**
 * Writes what changed into the history: ends the row that was valid and begins the next, at most one
 * change an object in a call. The first row of an object begins at its creation. An object that is
 * already written as it is changes nothing, so that the same call may be made again, or by two collectors.
 * A policy that was only touched (written, and says what it said) stays the version that it is and keeps who made it.
 * Restarts of containers are kept apart: they make no new version of a pod.
 */
export async function writeInventory(pool: Pool, cluster: string, changes: readonly InventoryChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = JSON.stringify(changes.map(rowOf))
  await inTransaction(pool, async (connection) => {
    await connection.query(lock, [cluster])
    await connection.query(write, [cluster, rows])
    await prunePolicyVersions(connection, cluster, changes)
    await writeRestarts(connection, cluster, changes)
  })
}

const rowOf = ({ object, workload, at, until }: InventoryChange) => {
  const { kind, uid, namespace, name, createdAt } = object
  const since = Math.min(createdAt || at, at)
  const kept = { ...object, ...(workload && { workload }), restarts: undefined }
  return { kind, uid, namespace, name, since, at, until, object: kept }
}
