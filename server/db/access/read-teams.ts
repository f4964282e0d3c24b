import type { NamespaceRule } from '@/core/access/team'
import { databaseError, type Queryable } from '../pool'

/** A team as somebody made it. */
export type TeamRow = {
  readonly id: number
  readonly name: string
  readonly namespaces: readonly NamespaceRule[]
  readonly viewers: readonly string[]
  readonly editors: readonly string[]
  readonly version: number
  /** Milliseconds. */
  readonly changedAt: number
  readonly changedBy: string
}

const select = `select id, name, namespaces, viewers, editors, version, (extract(epoch from changed_at) * 1000)::float8 as "changedAt",
  changed_by as "changedBy"
from team order by name, id`

/** The teams of the database, by name. */
export async function readTeams(database: Queryable): Promise<TeamRow[]> {
  const { rows } = await database
    .query<TeamRow>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
