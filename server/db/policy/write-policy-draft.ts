import type { PolicyDraftContent } from '@/core/policy/apply/draft'
import { AppError } from '@/server/errors'
import { databaseError, type Queryable } from '../pool'

const maxDrafts = 500

const insert = `insert into policy_draft (name, cluster, content, created_by, updated_by, account_id, namespaces)
select $1, $2, $3::jsonb, $4, $4, $5, $6::text[] where (select count(*) from policy_draft) < ${maxDrafts} returning id`
const copy = `insert into policy_draft (name, cluster, content, created_by, updated_by, account_id, namespaces)
select $2, cluster, content, $3, $3, $4, namespaces from policy_draft where id = $1 and (select count(*) from policy_draft) < ${maxDrafts} returning id`

export type NewDraft = {
  readonly name: string
  readonly cluster: string
  readonly content: PolicyDraftContent
  readonly by: string
  readonly account: number
  /** As of core/policy/edit/touched-namespaces.ts. */
  readonly namespaces: readonly string[] | null
}

/** Keeps a draft and returns its id. Throws AppError('conflict') where the name is taken or there are too many. */
export async function writePolicyDraft(database: Queryable, draft: NewDraft): Promise<number> {
  const { name, cluster, content, by, account, namespaces } = draft
  return insertOne(database, insert, [name, cluster, JSON.stringify(content), by, account, namespaces], name)
}

/** The same of what another draft holds now; it has to be there. */
export async function copyPolicyDraft(
  database: Queryable,
  id: number,
  name: string,
  { id: account, name: by }: { readonly id: number; readonly name: string },
): Promise<number> {
  return insertOne(database, copy, [id, name, by, account], name)
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

/** The failure as a person can mend it, where another draft of the same person has the name; null for any other. */
export function draftNameTaken(thrown: unknown, name: string): AppError | null {
  if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== uniqueViolation) return null
  return new AppError('conflict', `You have a draft called “${name}” already. Choose another name.`)
}
