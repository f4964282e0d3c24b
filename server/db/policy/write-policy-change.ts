import type { AuditedChange } from '@/core/policy/apply/audited-change'
import type { ModelObject } from '@/core/policy/model'
import { databaseError, type Queryable } from '../pool'

export type NewPolicyChange = Pick<AuditedChange, 'plan' | 'ref' | 'change' | 'fields' | 'tookOver' | 'overrode'> & {
  readonly apiVersion: string
  readonly before: ModelObject | null
  readonly after: ModelObject | null
}

const insert = `insert into policy_change
  (plan_id, api_version, api_group, kind, namespace, name, change, before, after, fields, took_over, overrode)
values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10, $11, $12::jsonb) returning id`

/** Writes down what is about to be done to one object, as intended, and returns the number of the row. */
export async function writePolicyChange(database: Queryable, change: NewPolicyChange): Promise<number> {
  const { plan, apiVersion, ref, before, after, fields, tookOver, overrode } = change
  const values = [
    plan,
    apiVersion,
    ref.group,
    ref.kind,
    ref.namespace ?? '',
    ref.name,
    change.change,
    before && JSON.stringify(before),
    after && JSON.stringify(after),
    fields,
    tookOver,
    overrode && JSON.stringify(overrode),
  ]
  const { rows } = await database
    .query<{ id: number }>(insert, values)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.id ?? 0
}
