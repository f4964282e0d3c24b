import type { LinkRow } from '@/core/link'
import { databaseError, type Queryable } from './pool'

/** The columns of a link by the names of LinkRow. */
export const linkColumns = `id, title, path, frozen, from_time as "from", to_time as "to", created_by as "createdBy",
created_at as "createdAt", expires_at as "expiresAt", bytes`

const select = `select ${linkColumns} from link where expires_at is null or expires_at > now() order by created_at desc, id desc`

/** All links that lead somewhere, newest first. */
export async function readLinks(database: Queryable): Promise<LinkRow[]> {
  const { rows } = await database
    .query<LinkRow>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
