'use client'

import { useState } from 'react'
import type { PolicyDraftContent } from '@/core/policy/apply/draft'
import { objectText } from '@/core/policy/edit/object-text'
import type { PolicyGround } from '@/core/policy/ground'
import type { ModelObject } from '@/core/policy/model'
import type { DraftTest } from '@/core/policy/what-if/answer'
import type { SuggestScope } from '@/core/policy/what-if/ground-suggestions'
import type { GroundPeriod } from '../policy-what-if/panel-props'
import type { Proposed } from '../policy-what-if/protocol'
import { useAnnounce } from '../ui/announcer'
import type { DraftAnswer } from './drafts/draft-api'
import { openedDraft, savedObjects } from './drafts/draft-content'
import { testsOf } from './drafts/tests-of'
import { useDraft } from './drafts/use-draft'
import { type Entry, entryAddress, entryOfAddress } from './entry'
import { tabName } from './frame/object-tabs'
import { newObject, openedObject, proposedObjects } from './state/opened-objects'
import { startOf } from './state/start'
import { scopeOfWorkload } from './state/suggest-scope'
import { useEditor } from './use-editor'
import { useEffects } from './use-effects'
import type { PolicyRef } from '@/core/policy/normal-form'

export type SessionGiven = {
  readonly entry: Entry
  readonly ground: PolicyGround
  /** For the wish of what it was opened from; null: it has none, or it could not be worked out. */
  readonly proposed: Proposed | null
  /** What was saved; null: it is begun anew. */
  readonly draft: DraftAnswer | null
  readonly period: GroundPeriod
  readonly onCreated: (id: number) => void
}

export type Session = ReturnType<typeof useSession>

/** Everything that one editing is made of: the editor, its draft and tests, what it does, and where it was begun. */
export function useSession({ entry, ground, proposed, draft, period, onCreated }: SessionGiven) {
  const [openedFrom] = useState(() => draft?.content.openedFrom ?? entryAddress(entry))
  const [start] = useState(() => startOf(ground, draft ? entryOfAddress(openedFrom) : entry, proposed))
  const [first] = useState(() => (draft ? openedDraft(draft.content) : start.objects))
  const editor = useEditor(first)
  const { state, act, shown, changes } = editor
  const [chosen, setChosen] = useState(draft ? null : start.chosen)
  const [tests, setTests] = useState(() => ({ all: testsOf(draft?.content.tests ?? []), revision: 0 }))
  const [suggesting, setSuggesting] = useState<SuggestScope | null>(() =>
    draft ? null : scopeOfWorkload(ground, start.suggestFor),
  )
  const [adding, setAdding] = useState(false)
  const announce = useAnnounce()
  const content: PolicyDraftContent = {
    objects: savedObjects(state.objects),
    openedFrom,
    period: { last: period },
    tests: tests.all,
  }
  const revision = state.revision + tests.revision
  const saving = useDraft({
    cluster: ground.cluster,
    content,
    revision,
    subject: shown ? tabName(shown.object, shown.read) : 'Policies',
    opened: draft,
    onCreated,
  })
  const add = (texts: readonly string[]) => {
    setAdding(false)
    for (const text of texts) act({ type: 'added', object: newObject(text) })
    if (texts.length > 0) announce('Added to the draft')
  }
  return {
    ground,
    editor,
    start,
    openedFrom,
    saving,
    revision,
    effects: useEffects(ground, changes),
    tests: tests.all,
    setTests: (all: readonly DraftTest[]) => setTests({ all, revision: tests.revision + 1 }),
    suggesting,
    setSuggesting,
    adding,
    setAdding,
    add,
    /** Whatever a new object stands beside: the cluster's and the draft's. */
    others: (): readonly ModelObject[] => [
      ...ground.model.objects,
      ...state.objects.flatMap((one) => editor.read(one).draft.objects.map(({ object }) => object)),
    ],
    /** Opens an object of the cluster in a further tab. */
    open: (ref: PolicyRef) => {
      setAdding(false)
      const object = openedObject(ground, ref)
      if (object) act({ type: 'added', object })
    },
    accept: (objects: readonly ModelObject[]) => {
      setSuggesting(null)
      add(objects.map(objectText))
    },
    chosen,
    /** Takes another of the proposals, in place of what is in the draft. */
    choose: (key: string) => {
      const proposal = start.proposals?.proposals.find((one) => one.key === key)
      if (!proposal) return
      setChosen(key)
      act({ type: 'replaced', objects: proposedObjects(ground, proposal.changes) })
      announce(proposal.sentence)
    },
    /** Takes what somebody else saved in place of what is here. */
    take: (answer: DraftAnswer) => {
      act({ type: 'replaced', objects: openedDraft(answer.content) })
      saving.taken(answer, revision + 1)
    },
  }
}
