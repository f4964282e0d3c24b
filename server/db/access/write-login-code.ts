import { databaseError, type Queryable } from '../pool'

const insert = `insert into login_code (code_hash, break_glass, ends_at) values ($1, $2, to_timestamp($3::float8 / 1000))`

/** Keeps the hash of a one-time code until a time in milliseconds. */
export async function writeLoginCode(
  database: Queryable,
  codeHash: Uint8Array,
  breakGlass: boolean,
  endsAt: number,
): Promise<void> {
  await database
    .query(insert, [codeHash, breakGlass, endsAt])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
}
