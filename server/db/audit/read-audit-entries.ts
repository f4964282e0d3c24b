import type { AuditEntryDetail, AuditPlace } from '@/core/audit/entry'
import type { AuditSight } from '@/core/audit/sight'
import {
  type AuditQuestion,
  auditValueCount,
  auditValues,
  detailOf,
  type DetailRow,
  detailsSql,
} from './audit-entries-sql'
import { databaseError, type Queryable } from '../pool'

const n = auditValueCount
/** Times are exact to the microsecond, so that no entry is told twice or left out between pages. */
const time = `timestamptz 'epoch' + $${n + 1}::bigint * interval '1 microsecond'`
const after = `and ($${n + 1}::bigint is null or at < ${time} or (at = ${time} and (kind, id) < ($${n + 2}::text, $${n + 3}::bigint)))
order by at desc, id desc limit $${n + 4}`

const select = `${detailsSql(after)} order by entry.at desc, entry.kind desc, entry.id desc limit $${n + 4}`

export type AuditPage = {
  readonly entries: readonly AuditEntryDetail[]
  /** Where the next page goes on; null: there is none. */
  readonly next: AuditPlace | null
}

/** Entries that somebody may see, newest first, after a place. */
export async function readAuditEntries(
  database: Queryable,
  question: AuditQuestion,
  sight: AuditSight,
  place: AuditPlace | null,
  limit: number,
): Promise<AuditPage> {
  const from = [place?.micros ?? null, place?.kind ?? null, place?.id ?? null]
  const { rows } = await database
    .query<DetailRow>(select, [...auditValues(question, sight), ...from, limit + 1])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    entries: rows.slice(0, limit).map(detailOf),
    next: last ? { micros: last.micros, kind: last.kind, id: last.id } : null,
  }
}
