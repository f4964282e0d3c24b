import { databaseError, type Queryable } from '../pool'

/** Deletes a team. false: there is none. */
export async function deleteTeam(database: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await database
    .query('delete from team where id = $1', [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
