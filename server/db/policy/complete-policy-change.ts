import type { ChangeState } from '@/core/policy/apply/audited-change'
import type { ModelObject } from '@/core/policy/model'
import { databaseError, type Queryable } from '../pool'

export type PolicyChangeEnd = {
  readonly state: Exclude<ChangeState, 'intended'>
  readonly error: string
  readonly warnings: readonly string[]
  /** As the API server keeps it; null leaves what was intended. */
  readonly after: ModelObject | null
  readonly uid: string | null
  readonly resourceVersion: string | null
}

const update = `update policy_change set state = $2, error = $3, warnings = $4, after = coalesce($5::jsonb, after), uid = $6,
  resource_version = $7, completed_at = clock_timestamp() where id = $1 and state = 'intended'`

/** Completes a row that was intended; false where somebody did it before. */
export async function completePolicyChange(database: Queryable, id: number, end: PolicyChangeEnd): Promise<boolean> {
  const { state, error, warnings, after, uid, resourceVersion } = end
  const values = [id, state, error, warnings, after && JSON.stringify(after), uid, resourceVersion]
  const { rowCount } = await database
    .query(update, values)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
