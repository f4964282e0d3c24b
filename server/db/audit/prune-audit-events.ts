import { databaseError, type Queryable } from '../pool'

/** Forgets audit events from before a time in milliseconds, at least six days ago; returns how many. */
export async function pruneAuditEvents(database: Queryable, before: number): Promise<number> {
  const { rows } = await database
    .query<{ gone: number }>('select prune_audit_event(to_timestamp($1::float8 / 1000)) as gone', [before])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.gone ?? 0
}
