import { createHash } from 'node:crypto'
import pg from 'pg'
import { isRetriable, type Queryable } from './pool'
import { reader, wallRules, wallSchema, wallViews } from './wall-rules'

const attempts = 5
const mark = createHash('sha256')
  .update(JSON.stringify([wallRules, wallViews]))
  .digest('hex')

/**
 * Brings row security to what wall-rules.ts says, in one transaction; does nothing where it is that already. Returns
 * false where this user may not make the role, enter it, or make a schema: then no table is changed.
 */
export async function raiseWall(database: Queryable): Promise<boolean> {
  if (!(await ensureReader(database))) return false
  const { rows } = await database.query<{ mark: string | null; schema: string }>(
    `select obj_description(to_regnamespace($1), 'pg_namespace') as mark, current_schema() as schema`,
    [wallSchema],
  )
  if (rows[0]?.mark === mark) return true
  const schema = pg.escapeIdentifier(rows[0]?.schema ?? 'public')
  // Tables are locked for a moment each; who writes to two of them meanwhile may stand in the way.
  for (let attempt = 1; ; attempt++) {
    try {
      await database.query(script(schema))
      return true
    } catch (thrown) {
      await database.query('rollback')
      if (isForbidden(thrown)) return false
      if (attempt === attempts || !isRetriable(thrown)) throw thrown
    }
  }
}

const isForbidden = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === '42501'

/** The role is the server's, so another database may be making it at this moment. */
async function ensureReader(database: Queryable): Promise<boolean> {
  const inherit = await mayGrantWithout(database)
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (await canEnter(database)) return true
    await database.query(`create role ${reader} nologin`).catch(() => {})
    await database.query(`grant ${reader} to current_user${inherit}`).catch(() => {})
  }
  return canEnter(database)
}

/** From PostgreSQL 16 on a member need not have what the role has: the wall is for who enters it. */
async function mayGrantWithout(database: Queryable): Promise<string> {
  const { rows } = await database.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  return (rows[0]?.version ?? 0) >= 160_000 ? ' with inherit false, set true' : ''
}

/** A role that somebody made with powers of its own would see everything. */
async function canEnter(database: Queryable): Promise<boolean> {
  const { rowCount } = await database.query(
    'select from pg_roles where rolname = $1 and not rolsuper and not rolbypassrls',
    [reader],
  )
  if (!rowCount) return false
  const entered = await database.query(`begin; set local role ${reader}`).then(
    () => true,
    () => false,
  )
  await database.query('rollback')
  return entered
}

function script(schema: string): string {
  const seen = Object.entries(wallRules).flatMap(([table, rule]) => (rule === 'nothing' ? [] : [{ table, rule }]))
  return `begin;
drop schema if exists ${wallSchema} cascade;
create schema ${wallSchema};
${wallViews}
revoke all on all tables in schema ${schema} from ${reader};
grant usage on schema ${schema}, ${wallSchema} to ${reader};
grant select on all tables in schema ${wallSchema} to ${reader};
${seen.map(({ table, rule }) => policies(table, rule.rows)).join('\n')}
comment on schema ${wallSchema} is '${mark}';
commit`
}

/** Only the reader is held back. Who else was given the table reads and writes it as before. */
const policies = (table: string, rows: string) => `
alter table ${table} enable row level security;
drop policy if exists others on ${table};
drop policy if exists wall on ${table};
create policy others on ${table} using (true) with check (true);
create policy wall on ${table} as restrictive for select to ${reader} using (${rows});
grant select on ${table} to ${reader};`
