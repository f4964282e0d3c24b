import { unpackDetail } from './detail-block'
import type { Queryable } from '../pool'
import { blockSpanMs } from './write-details'
import { within } from '../buckets/bucket-sql'

const query = (table: string, time: number) =>
  `select block from ${table} where ${within('from_time', { from: Math.floor(time) - blockSpanMs, to: Math.floor(time) + 1 })}
and to_time >= 'epoch'::timestamptz + floor($1::float8) * interval '1 millisecond'`

/** What was a record's own, as JSON text; null where it is gone. Unpacks the blocks that hold its moment: one per source and flush. */
export async function readDetail(database: Queryable, time: number, key: bigint): Promise<string | null> {
  const { rows } = await database.query<{ block: Buffer }>(
    `${query('flow_detail', time)} union all ${query('denied_detail', time)}`,
    [time],
  )
  for (const { block } of rows) {
    const detail = unpackDetail(block, key)
    if (detail !== null) return detail
  }
  return null
}
