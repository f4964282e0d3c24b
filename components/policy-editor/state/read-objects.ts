import type { DraftText } from '@/core/policy/edit/draft-text'
import { readDraftText } from '@/core/policy/edit/read-draft-text'
import type { Visual } from '@/core/policy/edit/visual'
import { visualOf } from '@/core/policy/edit/visual-of'
import type { ModelObject } from '@/core/policy/model'
import type { PolicyChange } from '@/core/policy/policy-change'
import { type DraftObject, isChanged } from './draft-object'

/** One tab, read. */
export type ReadObject = {
  readonly draft: DraftText
  /** The first object of the text; null: the text holds none. */
  readonly object: ModelObject | null
  /** null: it is shown as YAML only. */
  readonly visual: Visual | null
  /** Its text cannot be read now; what is shown is the last that could be. */
  readonly outdated: boolean
}

type Known = { readonly text: string; readonly read: ReadObject }

/** Reads tabs, each text once; where one cannot be read it gives the last that could be. */
export function createReader(): (object: DraftObject) => ReadObject {
  const known = new Map<string, Known>()
  return ({ id, text }) => {
    const before = known.get(id)
    if (before?.text === text) return before.read
    const read = readText(text)
    const kept =
      read.visual === null && before?.read.visual && read.draft.problems.some(({ severity }) => severity === 'error')
        ? { ...before.read, draft: read.draft, outdated: true }
        : read
    known.set(id, { text, read: kept })
    return kept
  }
}

/** A text by itself. */
export function readText(text: string): ReadObject {
  const draft = readDraftText(text)
  const object = draft.objects[0]?.object ?? null
  return { draft, object, visual: object && visualOf(object), outdated: false }
}

/** What the draft does to the cluster, for the engine. What cannot be read is left out. */
export function changesOf(
  objects: readonly DraftObject[],
  read: (object: DraftObject) => ReadObject,
): readonly PolicyChange[] {
  return objects.filter(isChanged).flatMap((one): readonly PolicyChange[] => {
    if (one.deleted) return one.base ? [{ change: 'delete', ref: one.base.ref }] : []
    const { draft, object, outdated } = read(one)
    const all = outdated && object ? [object] : draft.objects.map((each) => each.object)
    return all.map((each) => ({ change: 'put', object: each }))
  })
}

/** Whether some text of the draft has an error, so that what is known of it is of before, or nothing. */
export const hasTextError = (objects: readonly DraftObject[], read: (object: DraftObject) => ReadObject): boolean =>
  objects.some(
    (one) => isChanged(one) && !one.deleted && read(one).draft.problems.some(({ severity }) => severity === 'error'),
  )
