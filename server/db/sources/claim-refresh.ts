import { databaseError, type Queryable } from '../pool'

/**
 * Takes on to ask a session's provider again, where it was last asked by `dueBefore`. Of several who want to at once one
 * gets true: a refresh token counts once, and the second who shows it ends the session.
 */
export const claimRefresh = (database: Queryable, id: number, now: number, dueBefore: number): Promise<boolean> =>
  setRefreshed(database, id, now, dueBefore)

/** Gives it back, with when the provider last answered: it could not be asked. */
export const releaseRefresh = async (database: Queryable, id: number, refreshedAt: number): Promise<void> => {
  await setRefreshed(database, id, refreshedAt, Number.POSITIVE_INFINITY)
}

async function setRefreshed(database: Queryable, id: number, to: number, before: number): Promise<boolean> {
  const { rowCount } = await database
    .query(
      `update session set refreshed_at = to_timestamp($2::float8 / 1000)
       where id = $1 and refreshed_at <= to_timestamp($3::float8 / 1000)`,
      [id, to, before],
    )
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
