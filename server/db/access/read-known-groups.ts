import { databaseError, type Queryable } from '../pool'

const maxGroups = 500

const select = `select name from (select unnest(groups) as name, seen_at from account) each
group by name order by max(seen_at) desc, name limit ${maxGroups}`

/** Groups that came with logins, those of who was seen last first. */
export async function readKnownGroups(database: Queryable): Promise<string[]> {
  const { rows } = await database
    .query<{ name: string }>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ name }) => name)
}
