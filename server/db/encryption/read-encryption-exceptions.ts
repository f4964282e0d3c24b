import type { EncryptionException } from '@/core/encryption/exception'
import { databaseError, type Queryable } from '../pool'

const select = `select id, filter, owner, reason, created_by as "createdBy",
  extract(epoch from created_at)::float8 * 1000 as "createdAt",
  extract(epoch from expires_at)::float8 * 1000 as "expiresAt"
from encryption_exception order by expires_at, id`

/** All exceptions, those that end first before the others; expired ones too. */
export async function readEncryptionExceptions(database: Queryable): Promise<EncryptionException[]> {
  const { rows } = await database
    .query<EncryptionException>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
