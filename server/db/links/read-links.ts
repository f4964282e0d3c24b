import type { LinkRow } from '@/core/links/link'
import { databaseError, type Queryable } from '../pool'

/** The columns of a link by the names of LinkRow. */
export const linkColumns = `id, title, path, frozen, from_time as "from", to_time as "to", created_by as "createdBy",
created_at as "createdAt", expires_at as "expiresAt", account_id as account, bytes`

const select = `select ${linkColumns} from link
where (expires_at is null or expires_at > now()) and ($1::int is null or account_id = $1) order by created_at desc, id desc`

/** Links of an account (null: of all) that lead somewhere, newest first. */
export async function readLinks(database: Queryable, account: number | null): Promise<LinkRow[]> {
  const { rows } = await database
    .query<LinkRow>(select, [account])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
