import type { LinkRow } from '@/core/links/link'
import { databaseError, type Queryable } from '../pool'
import { linkColumns } from './read-links'

const select = `select ${linkColumns} from link where token_hash = $1 and (expires_at is null or expires_at > now())`

/** The link of a token; null where it is gone, has expired or never was. */
export async function readLink(database: Queryable, tokenHash: Uint8Array): Promise<LinkRow | null> {
  const { rows } = await database
    .query<LinkRow>(select, [tokenHash])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}
