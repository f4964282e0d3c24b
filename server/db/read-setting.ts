import { databaseError, type Queryable } from './pool'

/** The value of a setting, held for this transaction; null where there is none. */
export async function readSetting(connection: Queryable, key: string): Promise<unknown> {
  const { rows } = await connection
    .query<{ value: unknown }>('select value from setting where key = $1 for update', [key])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.value ?? null
}
