import { editObject } from './edit-object'
import { isRefused } from './kinds/kind-editor'
import { move, sameData } from './object-op'
import type { Edited, PolicyEdit } from './policy-edit'
import { readDraftText } from './read-draft-text'
import { smallestOps } from './smallest-ops'
import { patchObject } from './text/patch-text'

/**
 * The text with one edit: only the lines that it is about change.
 * @param object its number among `readDraftText(text).objects`
 */
export function applyEdit(text: string, object: number, edit: PolicyEdit): Edited {
  const found = readDraftText(text).objects[object]
  if (!found) return { refused: 'This object is no longer there.' }
  const next = editObject(found.object, edit)
  if (isRefused(next)) return next
  if (sameData(next, found.object)) return { text, changed: [] }
  const ops = edit.edit === 'move-rule' ? [move(edit.rule, edit.to)] : smallestOps([], found.object, next)
  return patchObject(text, found.document, found.base, ops)
}
