import { databaseError, type Queryable } from '../pool'
import type { GrantRow } from './read-grants'

const insert = `insert into grant_everywhere (role, groups, changed_by) values ($1, $2, $3) on conflict (role) do nothing`
const update = `update grant_everywhere set groups = $2, changed_by = $3, changed_at = now(), version = version + 1
where role = $1 and version = $4`

/** Writes which groups have a role everywhere; `version`: the one that is changed. false: somebody else changed it meanwhile. */
export async function writeGrant(
  database: Queryable,
  { role, groups, version }: GrantRow,
  by: string,
): Promise<boolean> {
  const { rowCount } = await (
    version === 0 ? database.query(insert, [role, groups, by]) : database.query(update, [role, groups, by, version])
  ).catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
