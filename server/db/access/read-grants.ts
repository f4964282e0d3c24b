import type { Role } from '@/core/access/rights'
import { databaseError, type Queryable } from '../pool'

/** Groups that have a role everywhere, as somebody said. Version 0: nobody ever did. */
export type GrantRow = { readonly role: Role; readonly groups: readonly string[]; readonly version: number }

/** What roles are given everywhere by the database. */
export async function readGrants(database: Queryable): Promise<GrantRow[]> {
  const { rows } = await database
    .query<GrantRow>('select role, groups, version from grant_everywhere order by role')
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
