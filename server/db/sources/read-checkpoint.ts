import { z } from 'zod'
import type { Queryable } from '../pool'

const select = 'select checkpoint from source where id = $1'
const checkpointSchema = z.object({ time: z.number() })

/** Where a source goes on; null where it never wrote a checkpoint. */
export async function readCheckpoint(database: Queryable, sourceId: string): Promise<{ time: number } | null> {
  const { rows } = await database.query<{ checkpoint: unknown }>(select, [sourceId])
  const parsed = checkpointSchema.safeParse(rows[0]?.checkpoint)
  return parsed.success ? parsed.data : null
}
