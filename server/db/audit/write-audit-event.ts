import type { AuditEvent } from '@/core/audit/event'
import { storedEvent } from '@/core/audit/stored-event'
import { databaseError, type Queryable } from '../pool'

const insert = `insert into audit_event (at, account_id, account_name, means, means_id, action, target, cluster, namespace,
  before, after, cut, result, reason, request_id, address, agent, count)
values (coalesce(to_timestamp($18::float8 / 1000), clock_timestamp()), $1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12, $13, $14, $15, $16, $17)
returning id`

/** Writes down what somebody did and returns its number. On the connection of a transaction it stands or falls with that. `at`: milliseconds; null is now. */
export async function writeAuditEvent(
  database: Queryable,
  event: AuditEvent,
  at: number | null = null,
): Promise<number> {
  const stored = storedEvent(event)
  const { actor, before, after } = stored
  const values = [
    actor.account,
    actor.name,
    stored.by,
    stored.byId,
    stored.action,
    stored.target,
    stored.cluster,
    stored.namespace,
    before === null ? null : JSON.stringify(before),
    after === null ? null : JSON.stringify(after),
    stored.cut,
    stored.result,
    stored.reason,
    stored.requestId,
    stored.from,
    stored.agent,
    stored.count,
    at,
  ]
  const { rows } = await database
    .query<{ id: number }>(insert, values)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.id ?? 0
}
