import { databaseError, type Queryable } from './pool'

const upsert = `insert into setting (key, value) values ($1, $2::jsonb) on conflict (key) do update set value = excluded.value`

/** Writes the value of a setting. */
export async function writeSetting(connection: Queryable, key: string, value: unknown): Promise<void> {
  await connection
    .query(upsert, [key, JSON.stringify(value)])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
