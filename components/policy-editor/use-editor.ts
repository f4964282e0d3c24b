'use client'

import { useCallback, useMemo, useReducer, useState } from 'react'
import { applyEdit } from '@/core/policy/edit/apply-edit'
import type { PolicyEdit } from '@/core/policy/edit/policy-edit'
import type { PolicyChange } from '@/core/policy/policy-change'
import type { DraftObject } from './state/draft-object'
import { type EditorAction, type EditorState, emptyEditor, reduceEditor } from './state/editor-state'
import { changesOf, createReader, type ReadObject } from './state/read-objects'

export type Editor = {
  readonly state: EditorState
  readonly act: (action: EditorAction) => void
  readonly read: (object: DraftObject) => ReadObject
  /** The tab that is shown; null: there is none. */
  readonly shown: { readonly object: DraftObject; readonly read: ReadObject } | null
  /** The draft as the engine takes it. */
  readonly changes: readonly PolicyChange[]
  /** Makes an edit in the shown tab; a sentence where it is refused. */
  readonly edit: (edit: PolicyEdit) => string | null
}

/** The editor's state and what is read from it. @param first objects that it begins with */
export function useEditor(first: readonly DraftObject[]): Editor {
  const [state, act] = useReducer(reduceEditor, first, (objects) =>
    reduceEditor(emptyEditor, { type: 'open', objects }),
  )
  const [read] = useState(createReader)
  const { objects, active } = state
  const object = objects.find(({ id }) => id === active) ?? null
  const shown = useMemo(() => object && { object, read: read(object) }, [object, read])
  const changes = useMemo(() => changesOf(objects, read), [objects, read])
  const edit = useCallback(
    (change: PolicyEdit): string | null => {
      if (!object) return 'No object is open.'
      const edited = applyEdit(object.text, 0, change)
      if ('refused' in edited) return edited.refused
      act({ type: 'edited', id: object.id, text: edited.text })
      return null
    },
    [object],
  )
  return { state, act, read, shown, changes, edit }
}
