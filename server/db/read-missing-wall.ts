import type { Queryable } from './pool'
import { reader, wallSchema } from './wall-rules'

/**
 * null: the wall is there, and this user may go behind it. Else the statements that a superuser runs before “oriel
 * migrate” raises it; none where migrating alone is what it takes.
 */
export async function readMissingWall(database: Queryable): Promise<readonly string[] | null> {
  const { rows } = await database.query<Facts>(
    `select role.oid is not null as made, coalesce(role.rolsuper or role.rolbypassrls, false) as "seesAll",
coalesce(pg_has_role(role.oid, 'member'), false) as enters, to_regnamespace($2) is not null as schema,
has_database_privilege(current_database(), 'create') as "mayCreate",
quote_ident(current_user) as "user", quote_ident(current_database()) as database
from (select) as one left join pg_roles as role on role.rolname = $1`,
    [reader, wallSchema],
  )
  const [facts] = rows
  if (!facts) return []
  const { made, seesAll, enters, schema, mayCreate, user, database: name } = facts
  if (enters && !seesAll && schema) return null
  return [
    ...(made ? [] : [`create role ${reader} nologin`]),
    ...(seesAll ? [`alter role ${reader} nosuperuser nobypassrls`] : []),
    ...(enters ? [] : [`grant ${reader} to ${user}`]),
    ...(schema || mayCreate ? [] : [`grant create on database ${name} to ${user}`]),
  ]
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
  return `Reads of people who see some namespaces only have one wall instead of two: the user of this database may not make or enter the role ${reader}, or not make a schema. ${first} “oriel migrate”.`
}
