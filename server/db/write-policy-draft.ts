import type { PolicyDraftContent } from '@/core/policy/apply/draft'
import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from './pool'

const maxDrafts = 500

const insert = `insert into policy_draft (name, cluster, content, created_by, updated_by)
select $1, $2, $3::jsonb, $4, $4 where (select count(*) from policy_draft) < ${maxDrafts} returning id`
const copy = `insert into policy_draft (name, cluster, content, created_by, updated_by)
select $2, cluster, content, $3, $3 from policy_draft where id = $1 and (select count(*) from policy_draft) < ${maxDrafts} returning id`

export type NewDraft = {
  readonly name: string
  readonly cluster: string
  readonly content: PolicyDraftContent
  readonly by: string
}

/** Keeps a draft and returns its id. Throws AppError('conflict') where the name is taken or there are too many. */
export async function writePolicyDraft(database: Queryable, { name, cluster, content, by }: NewDraft): Promise<number> {
  return insertOne(database, insert, [name, cluster, JSON.stringify(content), by], name)
}

/** The same of what another draft holds now; it has to be there. */
export async function copyPolicyDraft(database: Queryable, id: number, name: string, by: string): Promise<number> {
  return insertOne(database, copy, [id, name, by], name)
}

async function insertOne(database: Queryable, sql: string, values: unknown[], name: string): Promise<number> {
  const { rows } = await database
    .query<{ id: number }>(sql, values)
    .catch((thrown: unknown) => Promise.reject(draftNameTaken(thrown, name) ?? databaseError(thrown)))
  const id = rows[0]?.id
  if (id === undefined) throw new AppError('conflict', `There are ${maxDrafts} drafts. Delete some first.`)
  return id
}

const uniqueViolation = '23505'

/** The failure as a person can mend it, where another draft has the name; null for any other. */
export function draftNameTaken(thrown: unknown, name: string): AppError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== uniqueViolation) return null
  return new AppError('conflict', `There is already a draft called “${name}”. Choose another name.`)
}
