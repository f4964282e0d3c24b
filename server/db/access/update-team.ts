import { databaseError, type Queryable } from '../pool'
import { type TeamContent, teamNameTaken } from './write-team'

const update = `update team set name = $3, namespaces = $4, viewers = $5, editors = $6, changed_by = $7,
  changed_at = now(), version = version + 1
where id = $1 and version = $2`

/**
 * Writes a team as it is from now on. false: there is none of this id and version; somebody else changed or deleted it.
 * Throws AppError('conflict') where the name is taken.
 */
export async function updateTeam(
  database: Queryable,
  { id, version }: { readonly id: number; readonly version: number },
  { name, namespaces, viewers, editors }: TeamContent,
  by: string,
): Promise<boolean> {
  const { rowCount } = await database
    .query(update, [id, version, name, JSON.stringify(namespaces), viewers, editors, by])
    .catch((thrown: unknown) => Promise.reject(teamNameTaken(thrown, name) ?? databaseError(thrown)))
  return rowCount === 1
}
