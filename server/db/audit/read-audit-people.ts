import { type AuditPerson, whoText } from '@/core/audit/entry'
import type { AuditSight } from '@/core/audit/sight'
import { type AuditQuestion, auditValues, entriesSql } from './audit-entries-sql'
import { databaseError, type Queryable } from '../pool'

const select = `select account, (array_agg(name order by at desc))[1] as name, count(*)::int as count from ${entriesSql()}
group by account, case when account is null then name end order by count desc, name limit 100`

type Row = { readonly account: number | null; readonly name: string; readonly count: number }

/** Who is in these entries, whoever the question asks for: most often first, a hundred at most, by their newest name. */
export async function readAuditPeople(
  database: Queryable,
  question: AuditQuestion,
  sight: AuditSight,
): Promise<readonly AuditPerson[]> {
  const { rows } = await database
    .query<Row>(select, auditValues({ ...question, who: null }, sight))
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ account, name, count }) => ({ who: whoText(account, name), name, count }))
}
