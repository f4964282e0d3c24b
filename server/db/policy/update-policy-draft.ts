import type { PolicyDraftContent } from '@/core/policy/apply/draft'
import { databaseError, type Queryable } from '../pool'
import { draftNameTaken } from './write-policy-draft'

/** What is left out stays as it is. */
export type DraftChange = {
  readonly name?: string | undefined
  readonly content?: PolicyDraftContent | undefined
  /** Of the content; null as there. */
  readonly namespaces?: readonly string[] | null
}

const update = `update policy_draft set name = coalesce($3, name), content = coalesce($4::jsonb, content),
  namespaces = case when $4::jsonb is null then namespaces else $6::text[] end, version = version + 1,
  updated_by = $5, updated_at = now() where id = $1 and version = $2 returning version`

/** Saves a draft that is still of this version; the new version, or null where it is not (or there is none). Throws AppError('conflict') where the name is taken. */
export async function updatePolicyDraft(
  database: Queryable,
  id: number,
  version: number,
  { name, content, namespaces = null }: DraftChange,
  by: string,
): Promise<number | null> {
  const { rows } = await database
    .query<{ version: number }>(update, [
      id,
      version,
      name ?? null,
      content ? JSON.stringify(content) : null,
      by,
      namespaces,
    ])
    .catch((thrown: unknown) => Promise.reject(draftNameTaken(thrown, name ?? '') ?? databaseError(thrown)))
  return rows[0]?.version ?? null
}
