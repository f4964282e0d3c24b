import { databaseError, type Queryable } from '../pool'

const select = `select id from policy_change where state = 'intended' and intended_at < clock_timestamp() - make_interval(secs => $1) order by id limit 500`

/** Numbers of changes that were written down so many seconds ago and never completed, oldest first. */
export async function readOpenPolicyChanges(database: Queryable, olderThanSeconds: number): Promise<number[]> {
  const { rows } = await database
    .query<{ id: number }>(select, [olderThanSeconds])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ id }) => id)
}
