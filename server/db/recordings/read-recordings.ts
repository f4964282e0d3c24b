import type { RecordingRow } from '@/core/sources/source-row'
import { databaseError, type Queryable } from '../pool'

const select = `select id, name, source_type as "sourceType", cluster, created_at as "createdAt", from_time as "from", to_time as "to",
lines_read as "linesRead", lines_used as "linesUsed", skipped from recording order by created_at desc, id desc`

/** All recordings, newest import first. */
export async function readRecordings(database: Queryable): Promise<RecordingRow[]> {
  const { rows } = await database
    .query<RecordingRow>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
