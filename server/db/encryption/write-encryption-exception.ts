import type { EncryptionException } from '@/core/encryption/exception'
import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from '../pool'

/** Each is asked of each edge; a list of more is no list of exceptions. */
const maxExceptions = 500

const insert = `insert into encryption_exception (filter, owner, reason, created_by, expires_at, account_id)
select $1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6
where (select count(*) from encryption_exception) < ${maxExceptions} returning id`

/** Keeps an exception and returns its id. Throws AppError('conflict') where there are too many. */
export async function writeEncryptionException(
  database: Queryable,
  exception: Omit<EncryptionException, 'id' | 'createdAt'> & { readonly account: number | null },
): Promise<number> {
  const { filter, owner, reason, createdBy, expiresAt, account } = exception
  const { rows } = await database
    .query<{ id: number }>(insert, [filter, owner, reason, createdBy, expiresAt, account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `There are ${maxExceptions} exceptions. Delete some first.`)
  return id
}
