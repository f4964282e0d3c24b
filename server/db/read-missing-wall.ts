import type { Queryable } from './pool'
import { reader, wallSchema } from './wall-rules'

/** What is missing of the wall; null: nothing. */
export const readMissingWall = async (database: Queryable): Promise<readonly string[] | null> =>
  (await readWall(database)).missing

export type WallState = {
  /** Whether it is there, and this user may go behind it: also where the role that it is for sees everything. */
  readonly entered: boolean
  /** The statements that a superuser runs before “oriel migrate” raises it; none where migrating alone is what it takes. */
  readonly missing: readonly string[] | null
}

/** How the wall of a database is. */
export async function readWall(database: Queryable): Promise<WallState> {
  const { rows } = await database.query<Facts>(
    `select role.oid is not null as made, coalesce(role.rolsuper or role.rolbypassrls, false) as "seesAll",
coalesce(pg_has_role(role.oid, 'member'), false) as enters, to_regnamespace($2) is not null as schema,
has_database_privilege(current_database(), 'create') as "mayCreate",
quote_ident(current_user) as "user", quote_ident(current_database()) as database
from (select) as one left join pg_roles as role on role.rolname = $1`,
    [reader, wallSchema],
  )
  const [facts] = rows
  if (!facts) return { entered: false, missing: [] }
  const { made, seesAll, enters, schema, mayCreate, user, database: name } = facts
  const entered = enters && schema
  if (entered && !seesAll) return { entered, missing: null }
  const missing = [
    ...(made ? [] : [`create role ${reader} nologin`]),
    ...(seesAll ? [`alter role ${reader} nosuperuser nobypassrls`] : []),
    ...(enters ? [] : [`grant ${reader} to ${user}`]),
    ...(schema || mayCreate ? [] : [`grant create on database ${name} to ${user}`]),
  ]
  return { entered, missing }
}

type Facts = {
  readonly made: boolean
  readonly seesAll: boolean
  readonly enters: boolean
  readonly schema: boolean
  readonly mayCreate: boolean
  readonly user: string
  readonly database: string
}

/** For the log. */
export function missingWallWords(statements: readonly string[]): string {
  const first = statements.length === 0 ? 'Run' : `As a superuser run “${statements.join('; ')}”, then`
  return `Reads of people who see some namespaces only have one wall instead of two: in this database the role ${reader} or its schema is missing, may not be used, or sees everything. ${first} “oriel migrate”.`
}
