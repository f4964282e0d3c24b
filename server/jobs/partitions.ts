import { ensurePartitions, partitioned, type PartitionedTable } from '@/server/db/partitions'
import type { Pool } from '@/server/db/pool'

const written: readonly PartitionedTable[] = [
  'edge_bucket_10s',
  'edge_bucket_1m',
  'edge_bucket_5m',
  'operation_bucket_10s',
  'operation_bucket_1m',
  'operation_bucket_5m',
  'flow_record',
  'denied_record',
  'flow_detail',
  'denied_detail',
]

/** Makes the partitions of now and of next, so that writers find them there. */
export async function preparePartitions(pool: Pool, now: number): Promise<void> {
  for (const table of written) await ensurePartitions(pool, table, [now, now + partitioned[table].spanMs])
}
