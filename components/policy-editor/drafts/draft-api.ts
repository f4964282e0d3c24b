import { queryOptions } from '@tanstack/react-query'
import type { DraftComment, PolicyDraft, PolicyDraftContent } from '@/core/policy/apply/draft'
import { getJson, sendJson } from '../../api'

export type DraftAnswer = PolicyDraft & {
  readonly content: PolicyDraftContent
  readonly comments: readonly DraftComment[]
}
export type ListedDraft = PolicyDraft & { readonly objects: number; readonly comments: number }
export type DraftVersion = { readonly id: number; readonly version: number }

/** One draft, fresh. */
export const fetchDraft = (id: number, signal?: AbortSignal) =>
  getJson<DraftAnswer>(`policies/drafts/${id}`, {}, signal)

export const draftQuery = (id: number) =>
  queryOptions({ queryKey: ['policies/drafts', id], queryFn: ({ signal }) => fetchDraft(id, signal), staleTime: 0 })

export const draftsQuery = () =>
  queryOptions({
    queryKey: ['policies/drafts'],
    queryFn: ({ signal }) => getJson<readonly ListedDraft[]>('policies/drafts', {}, signal),
    staleTime: 0,
  })

export const createDraft = (name: string, cluster: string, content: PolicyDraftContent) =>
  sendJson<DraftVersion>('POST', 'policies/drafts', { name, cluster, content })

export const saveDraft = (
  id: number,
  change: { readonly version: number; readonly name?: string; readonly content?: PolicyDraftContent },
) => sendJson<DraftVersion>('PUT', `policies/drafts/${id}`, change)

export const deleteDraft = (id: number) => sendJson<{ readonly id: number }>('DELETE', `policies/drafts/${id}`)

export const commentDraft = (id: number, text: string, object: string) =>
  sendJson<{ readonly id: number }>('POST', `policies/drafts/${id}/comments`, { text, object })
