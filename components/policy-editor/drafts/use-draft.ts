'use client'

import { useEffect, useEffectEvent, useId, useReducer } from 'react'
import type { PolicyDraftContent } from '@/core/policy/apply/draft'
import { ApiError } from '../../api'
import { holdTab } from '../../hold-tab'
import { createDraft, type DraftAnswer, fetchDraft, saveDraft } from './draft-api'
import { draftName } from './draft-name'
import { localKey, writeLocal } from './local-copy'
import { isDue, reduceSaving, type Saving, unsaved } from './saving'

const pauseMs = 1_200
const retryMs = 8_000

type Given = {
  readonly cluster: string
  readonly content: PolicyDraftContent
  /** Of the editor; 0: nothing was changed. */
  readonly revision: number
  /** What a new draft is called. */
  readonly subject: string
  /** null: it is not saved yet. */
  readonly opened: DraftAnswer | null
  /** A draft got its number. */
  readonly onCreated: (id: number) => void
}

export type DraftSaving = {
  readonly saving: Saving
  readonly rename: (name: string) => Promise<void>
  /** Their version is taken in place of this one. @param revision of the editor then */
  readonly taken: (draft: DraftAnswer, revision: number) => void
  /** This one goes on as a draft of its own. */
  readonly copy: () => void
}

const begin = ({ opened, revision }: Pick<Given, 'opened' | 'revision'>): Saving =>
  opened ? { ...unsaved, draft: opened, saved: revision, savedAt: opened.updatedAt } : { ...unsaved, saved: revision }

/**
 * Saves a draft a moment after each change: at once in this browser, then on the server. Another person's save in
 * between stops it and is told, so that neither is overwritten.
 */
export function useDraft(given: Given): DraftSaving {
  const { content, revision, opened } = given
  const [saving, act] = useReducer(reduceSaving, { opened, revision: 0 }, begin)
  const id = saving.draft?.id ?? null
  const save = useEffectEvent(async (of: number) => {
    act({ type: 'begun' })
    try {
      const at = Date.now()
      const draft = saving.draft ? await update(saving.draft, content) : await create(given)
      act({ type: 'saved', draft, revision: of, at })
      writeLocal(localKey(id, content.openedFrom), null)
      if (!saving.draft) given.onCreated(draft.id)
    } catch (error) {
      if (error instanceof ApiError && error.status === 409 && saving.draft) {
        const { version, updatedBy: by, updatedAt } = await fetchDraft(saving.draft.id)
        act({ type: 'conflict', theirs: { version, by, at: updatedAt } })
      } else act({ type: 'failed', error: error instanceof Error ? error.message : String(error) })
    }
  })
  const keep = useEffectEvent((version: number | null) =>
    writeLocal(localKey(id, content.openedFrom), { at: Date.now(), version, content }),
  )
  const open = revision === saving.saved ? null : revision
  const version = saving.draft?.version ?? null
  const hold = useId()
  // Also while another person's save stands in the way, and anew when a save took the copy of before away.
  useEffect(() => {
    if (open === null) return undefined
    holdTab(hold, !keep(version))
    return () => holdTab(hold, false)
  }, [hold, open, version])
  const due = isDue(saving, revision)
  const failed = saving.state === 'failed'
  useEffect(() => {
    if (!due) return undefined
    const timer = setTimeout(() => void save(revision), failed ? retryMs : pauseMs)
    return () => clearTimeout(timer)
  }, [due, failed, revision])
  return {
    saving,
    rename: async (name) => {
      if (!saving.draft) return
      const { version } = await saveDraft(saving.draft.id, { version: saving.draft.version, name })
      act({ type: 'saved', draft: { ...saving.draft, name, version }, revision: saving.saved, at: Date.now() })
    },
    taken: (draft, at) => act({ type: 'taken', draft, revision: at, at: draft.updatedAt }),
    copy: () => act({ type: 'copied' }),
  }
}

async function update(draft: NonNullable<Saving['draft']>, content: PolicyDraftContent) {
  const { version } = await saveDraft(draft.id, { version: draft.version, content })
  return { ...draft, version }
}

const mostTries = 20

/** Names are unique; where one is taken the next number is tried. */
async function create({ subject, cluster, content }: Given) {
  for (let n = 1; ; n++) {
    const name = draftName(subject, Date.now(), n)
    try {
      const { id, version } = await createDraft(name, cluster, content)
      return { id, name, version }
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409 || n >= mostTries) throw error
    }
  }
}
