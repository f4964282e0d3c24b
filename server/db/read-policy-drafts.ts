import type { DraftComment, PolicyDraft, PolicyDraftContent } from '@/core/policy/apply/draft'
import { databaseError, type Queryable } from './pool'

export type ListedDraft = PolicyDraft & { readonly objects: number; readonly comments: number }
export type StoredDraft = PolicyDraft & { readonly content: PolicyDraftContent }

const head = `d.id, d.name, d.cluster, d.version, d.created_by as "createdBy", d.created_at as "createdAt",
  d.updated_by as "updatedBy", d.updated_at as "updatedAt"`
const list = `select ${head}, jsonb_array_length(d.content -> 'objects') as objects,
  (select count(*)::int from policy_draft_comment c where c.draft_id = d.id) as comments
from policy_draft d order by d.updated_at desc, d.id desc`
const one = `select ${head}, d.content from policy_draft d where d.id = $1`
const talk = `select id, made_by as by, made_at as at, text, object
from policy_draft_comment where draft_id = $1 order by id`

/** All drafts, the newest save first. */
export async function readPolicyDrafts(database: Queryable): Promise<ListedDraft[]> {
  const { rows } = await database
    .query<ListedDraft>(list)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}

/** One draft with its content; null where there is none of that id. */
export async function readPolicyDraft(database: Queryable, id: number): Promise<StoredDraft | null> {
  const { rows } = await database
    .query<StoredDraft>(one, [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0] ?? null
}

/** What was said about a draft, oldest first. */
export async function readDraftComments(database: Queryable, id: number): Promise<DraftComment[]> {
  const { rows } = await database
    .query<DraftComment>(talk, [id])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
