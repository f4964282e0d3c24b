import { tierMs, type Tier } from '@/core/time'
import { type BucketKind, columnsOf } from './bucket-kind'
import { copyInto, createCopyRows, type CopyRows } from '../copy'
import { bucketTable } from '../partitions'
import type { Connection } from '../pool'

type Keys = { readonly edgeId: number; readonly facetId: number; readonly bucket: number }

/** null + null stays null (unknown), null + n is n. */
const plus = (table: string, counters: readonly string[]) =>
  [
    ...counters.map(
      (c) =>
        `${c} = case when ${table}.${c} is null then excluded.${c} else ${table}.${c} + coalesce(excluded.${c}, 0) end`,
    ),
    `latency = case when ${table}.latency is null then excluded.latency else ${table}.latency || coalesce(excluded.latency, ''::bytea) end`,
  ].join(', ')

/** Adds buckets to a tier, inside the caller's transaction. Rows of one key are added up first. */
export async function mergeBuckets<R extends Keys>(
  connection: Connection,
  kind: BucketKind<R>,
  tier: Tier,
  buckets: readonly R[],
): Promise<void> {
  if (buckets.length === 0) return
  const columns = columnsOf(kind)
  const table = bucketTable(tier, kind.table)
  await connection.query(
    `insert into ${table} (${columns}) select ${columns} from ${await stage(connection, kind, buckets)}
on conflict (bucket, ${kind.keys.join(', ')}) do update set ${plus(table, kind.counters)}`,
  )
}

/** The same for a recording. */
export async function mergeRecordingBuckets<R extends Keys>(
  connection: Connection,
  kind: BucketKind<R>,
  recordingId: number,
  buckets: readonly R[],
): Promise<void> {
  if (buckets.length === 0) return
  const columns = columnsOf(kind)
  const table = kind.recording
  await connection.query(
    `insert into ${table} (recording_id, ${columns}) select $1::int, ${columns} from ${await stage(connection, kind, buckets)}
on conflict (recording_id, bucket, ${kind.keys.join(', ')}) do update set ${plus(table, kind.counters)}`,
    [recordingId],
  )
}

/** Name of the table that the rows are in now. */
async function stage<R extends Keys>(connection: Connection, kind: BucketKind<R>, buckets: readonly R[]) {
  const name = `incoming_${kind.table}`
  await connection.query(
    `create temp table if not exists ${name} (like ${bucketTable('10s', kind.table)}) on commit delete rows`,
  )
  const rows = bucketRows(kind, [...unite(kind, buckets)].sort(byKey))
  await copyInto(connection, `pg_temp.${name} (${columnsOf(kind)})`, rows)
  return `pg_temp.${name}`
}

/** The order of the primary key: neighbours in the index are written together. */
const byKey = (a: Keys, b: Keys) => a.edgeId - b.edgeId || a.bucket - b.bucket

/** Rows for a COPY into the columns of a kind. */
export function bucketRows<R extends Keys>(kind: BucketKind<R>, buckets: Iterable<R>): CopyRows {
  const rows = createCopyRows()
  for (const bucket of buckets) kind.put(rows, bucket)
  return rows
}

/** One row per key: ON CONFLICT cannot touch a row twice, and two names may have become one. */
export function unite<R extends Keys>(kind: BucketKind<R>, buckets: readonly R[]): readonly R[] {
  const groups = new Map<number, Map<number, number>>()
  let united: R[] | null = null
  const out: R[] = []
  for (const row of buckets) {
    // Buckets since 1970 stay below 2^28 and parts below 2^24; facet ids stay far below 2^21, edge ids below 2^31: the keys are exact.
    const group = (row.bucket / tierMs['10s']) * 2 ** 24 + kind.part(row)
    const key = row.edgeId * 2 ** 21 + row.facetId
    let places = groups.get(group)
    if (!places) groups.set(group, (places = new Map()))
    const place = places.get(key)
    if (place === undefined) {
      places.set(key, out.length)
      out.push(row)
    } else {
      const known = out[place]
      if (known) out[place] = kind.add(known, row)
      united = out
    }
  }
  return united ?? buckets
}

/** Starts of the finest buckets, each once and in order. */
export const bucketStarts = (buckets: readonly { readonly bucket: number }[]): number[] =>
  [...new Set(buckets.map((b) => b.bucket - (b.bucket % tierMs['10s'])))].sort((a, b) => a - b)
