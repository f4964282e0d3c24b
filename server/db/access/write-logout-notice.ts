import { databaseError, type Queryable } from '../pool'

/** Notes a logout token until a time in milliseconds; false: it counted already. */
export async function writeLogoutNotice(
  database: Queryable,
  issuer: string,
  id: string,
  endsAt: number,
): Promise<boolean> {
  const { rowCount } = await database
    .query(
      'insert into logout_notice (issuer, id, ends_at) values ($1, $2, to_timestamp($3::float8 / 1000)) on conflict do nothing',
      [issuer, id, endsAt],
    )
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rowCount === 1
}
