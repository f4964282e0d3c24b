import { databaseError, type Queryable } from './pool'

/** The migrations that this version needs; a test holds the list against prisma/migrations. */
export const neededMigrations = [
  '0001_init',
  '0002_witnesses',
  '0003_operations',
  '0004_links',
  '0005_views',
  '0006_marks',
  '0007_encryption',
  '0008_exceptions',
  '0010_restarts',
  '0011_told_until',
  '0012_policy_changes',
  '0013_policy_drafts',
  '0014_policy_changes_index',
  '0015_access',
  '0016_login_code',
  '0017_audit',
  '0018_teams',
  '0021_owners',
  '0022_audit_unchanged',
] as const

/** Names of needed migrations that the database has not finished; all of them where it has none. */
export async function readMissingMigrations(db: Queryable): Promise<readonly string[]> {
  const { rows } = await db
    .query<{ name: string }>(
      `select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`,
    )
    .catch((thrown: unknown) => {
      if (isUndefinedTable(thrown)) return { rows: [] }
      throw databaseError(thrown)
    })
  const done = new Set(rows.map(({ name }) => name))
  return neededMigrations.filter((name) => !done.has(name))
}

const isUndefinedTable = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === '42P01'
