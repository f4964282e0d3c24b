import { databaseError, type Queryable } from '../pool'

/** How many links there are, what they keep, and how many were made within the last hour. */
export type LinkUse = { readonly links: number; readonly bytes: number; readonly lastHour: number }

const select = `select count(*) as links, coalesce(sum(bytes), 0)::bigint as bytes,
count(*) filter (where created_at > now() - interval '1 hour') as "lastHour" from link`

/** What all links take together. */
export async function readLinkUse(database: Queryable): Promise<LinkUse> {
  const { rows } = await database
    .query<LinkUse>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? { links: 0, bytes: 0, lastHour: 0 }
}
