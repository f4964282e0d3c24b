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

const select = detailsSql(`and kind = $${auditValueCount + 1}::text and id = $${auditValueCount + 2}::bigint`)

const anything: AuditQuestion = { from: null, to: null, who: null, actions: [], results: [], cluster: '', text: '' }

/** Everything of one entry; null where there is none that somebody may see. */
export async function readAuditEntry(
  database: Queryable,
  { kind, id }: Pick<AuditPlace, 'kind' | 'id'>,
  sight: AuditSight,
): Promise<AuditEntryDetail | null> {
  const { rows } = await database
    .query<DetailRow>(select, [...auditValues(anything, sight), kind, id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ? detailOf(rows[0]) : null
}
