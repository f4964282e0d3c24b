import type { Window } from '@/core/time'
import { operationBuckets } from './bucket-kind'
import { bucketsFrom } from './bucket-sql'
import { databaseError, type Pool } from '../pool'
import { readCover } from './read-cover'
import { readOperations } from '../names/read-operations'

export type OperationNamesQuestion = {
  readonly window: Window
  /** Recording, or null for live data. */
  readonly recordingId: number | null
}

/** Names of what was asked on each stored edge; '' is left out. Cost: operations of all edges × buckets of the cover (about ten). */
export async function readOperationNames(
  pool: Pool,
  { window, recordingId }: OperationNamesQuestion,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  try {
    const cover = recordingId === null ? await readCover(pool, window) : null
    const from = bucketsFrom(cover ? { cover } : { recordingId: recordingId ?? 0, window }, operationBuckets)
    const { rows } = await pool.query<{ edge_id: number; operation_id: number }>(
      `select distinct edge_id, operation_id from ${from}`,
    )
    const operations = await readOperations(pool, new Set(rows.map((row) => row.operation_id)))
    const names = new Map<number, Set<string>>()
    for (const { edge_id, operation_id } of rows) {
      const name = operations.get(operation_id)?.name
      if (!name) continue
      const own = names.get(edge_id)
      if (own) own.add(name)
      else names.set(edge_id, new Set([name]))
    }
    return names
  } catch (thrown) {
    throw databaseError(thrown)
  }
}
