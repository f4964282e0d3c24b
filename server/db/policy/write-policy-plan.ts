import type { ActedAs, AuditedChange } from '@/core/policy/apply/audited-change'
import type { Expectation } from '@/core/policy/apply/expectation'
import { databaseError, type Queryable } from '../pool'

export type NewPolicyPlan = Pick<
  AuditedChange,
  'cluster' | 'by' | 'from' | 'requestId' | 'reason' | 'draft' | 'undoOf'
> & {
  readonly actedAs: ActedAs | null
  readonly expected: readonly Expectation[]
}

const insert = `insert into policy_plan (cluster, made_by, acted_as, asked_from, request_id, reason, draft_id, undo_of, expected)
values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9::jsonb) returning id`

/** Writes down what is about to be sent together, and returns its number. */
export async function writePolicyPlan(database: Queryable, plan: NewPolicyPlan): Promise<number> {
  const values = [
    plan.cluster,
    plan.by,
    plan.actedAs && JSON.stringify(plan.actedAs),
    plan.from,
    plan.requestId,
    plan.reason,
    plan.draft,
    plan.undoOf,
    JSON.stringify(plan.expected),
  ]
  const { rows } = await database
    .query<{ id: number }>(insert, values)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.id ?? 0
}
