import { databaseError, type Queryable } from '../pool'

/** On which every web process hears that rights may be others now. */
export const accessChannel = 'oriel_access'

/** Tells every web process to read rights anew. */
export async function notifyAccess(database: Queryable): Promise<void> {
  await database
    .query('select pg_notify($1, $2)', [accessChannel, ''])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
