import type { DraftComment, PolicyDraft, PolicyDraftContent } from '@/core/policy/apply/draft'
import type { Scope } from '@/core/scope'
import { databaseError, type Queryable } from '../pool'

export type ListedDraft = PolicyDraft & { readonly objects: number; readonly comments: number }
export type StoredDraft = PolicyDraft & { readonly account: number | null; readonly content: PolicyDraftContent }

/** Who looks: their account, and what they may edit. */
export type DraftReader = { readonly account: number; readonly edits: Scope }

/** Who made it, and who may edit all that it touches. What touches nothing known is of who may edit everything. */
const isSeen = (account: string, pairs: string) =>
  `(d.account_id = ${account} or ${pairs}::text[] is null or (cardinality(d.namespaces) > 0
  and not exists (select from unnest(d.namespaces) n where d.cluster || '/' || n <> all(${pairs}))))`

const head = `d.id, d.name, d.cluster, d.version, d.created_by as "createdBy", d.created_at as "createdAt",
  d.updated_by as "updatedBy", d.updated_at as "updatedAt"`
const list = `select ${head}, jsonb_array_length(d.content -> 'objects') as objects,
  (select count(*)::int from policy_draft_comment c where c.draft_id = d.id) as comments
from policy_draft d where ${isSeen('$1', '$2')} order by d.updated_at desc, d.id desc`
const one = `select ${head}, d.account_id as account, d.content from policy_draft d where d.id = $3 and ${isSeen('$1', '$2')}`
const talk = `select id, made_by as by, made_at as at, text, object
from policy_draft_comment where draft_id = $1 order by id`

/** Drafts that somebody may see, the newest save first. */
export async function readPolicyDrafts(database: Queryable, reader: DraftReader): Promise<ListedDraft[]> {
  const { rows } = await database
    .query<ListedDraft>(list, valuesOf(reader))
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}

const valuesOf = ({ account, edits }: DraftReader) => [account, edits.all ? null : [...edits.pairs]]

/** One draft with its content; null where there is none of that id that this reader may see. */
export async function readPolicyDraft(
  database: Queryable,
  id: number,
  reader: DraftReader,
): Promise<StoredDraft | null> {
  const { rows } = await database
    .query<StoredDraft>(one, [...valuesOf(reader), id])
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
