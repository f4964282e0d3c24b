'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { draftNameLength } from '@/core/policy/apply/draft'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import { formatWhen } from '../format'
import { createDraft, draftsQuery } from '../policy-editor/drafts/draft-api'
import { useKeptSearch } from '../shell/use-kept-search'
import type { Move } from './board'
import { editorPath } from './editor-links'
import { freeName } from './free-name'
import { policyQuery } from './queries'

/** An edit that begins as a draft: another place, or a version of before. */
export type DraftEdit =
  | { readonly type: 'place'; readonly move: Move }
  | { readonly type: 'version'; readonly yaml: string; readonly from: number }

/** Keeps an edit of a policy as a draft and opens the editor with it. `problem`: why the last one was not kept. */
export function useDraftOf(cluster: string) {
  const client = useQueryClient()
  const router = useRouter()
  const kept = useKeptSearch()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  const begin = async (ref: PolicyRef, edit: DraftEdit) => {
    setBusy(true)
    setProblem('')
    try {
      const { now } = await client.fetchQuery(policyQuery({ cluster, ref: refKey(ref) }))
      const { placedText } = await import('@/core/policy/edit/placed-text')
      const placed = edit.type === 'place' && now ? placedText(now.yaml, edit.move) : null
      if (placed && 'refused' in placed) throw new Error(placed.refused)
      const text = edit.type === 'version' ? edit.yaml : placed && placed.text
      if (text === null) throw new Error('The policy is not there any more.')
      const name =
        edit.type === 'version'
          ? `${ref.name} as of ${formatWhen(edit.from, 'min')}`
          : `${ref.name} to order ${edit.move.order}`
      const drafts = await client.fetchQuery(draftsQuery())
      const free = freeName(
        name,
        drafts.map((draft) => draft.name),
        draftNameLength,
      )
      const { id } = await createDraft(free, cluster, {
        objects: [
          {
            change: 'put',
            text,
            ref: now ? ref : null,
            resourceVersion: now?.resourceVersion ?? null,
            opened: now?.yaml ?? null,
          },
        ],
        openedFrom: `${location.pathname}${location.search}`,
        period: null,
        tests: [],
      })
      router.push(editorPath({ draft: String(id) }, kept))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The draft could not be kept. Try again.')
      setBusy(false)
    }
  }
  return { begin, busy, problem }
}
