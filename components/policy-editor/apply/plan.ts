import type { DraftObject } from '../state/draft-object'
import { isChanged } from '../state/draft-object'
import { refOfObject } from '@/core/policy/what-if/changed-model'
import { type ReadObject, readText } from '../state/read-objects'
import type { ModelObject } from '@/core/policy/model'
import type { PolicyRef } from '@/core/policy/normal-form'

/** One object of a plan, as policies/apply takes it. */
export type AskedChange =
  | {
      readonly change: 'put'
      readonly object: ModelObject
      readonly resourceVersion: string | null
      readonly opened: ModelObject | null
      readonly takeOver?: readonly string[]
      readonly overrideOwner?: string | null
    }
  | {
      readonly change: 'delete'
      readonly ref: PolicyRef
      readonly resourceVersion: string
      readonly opened: ModelObject | null
      readonly overrideOwner?: string | null
    }

/** Why a draft cannot be applied as it is; null: it can be tried. */
export function cannotApply(objects: readonly DraftObject[], read: (object: DraftObject) => ReadObject): string | null {
  const changed = objects.filter(isChanged)
  if (changed.length === 0) return 'The draft changes nothing yet.'
  for (const one of changed.filter(({ deleted }) => !deleted)) {
    const { draft } = read(one)
    const error = draft.problems.find(({ severity }) => severity === 'error')
    if (error) return `The text has an error: ${error.message}`
    if (draft.objects.length === 0) return 'A text of the draft holds no object.'
    if (draft.objects.some(({ ref }) => ref === null || ref.name === '')) return 'An object of the draft has no name.'
  }
  return null
}

/** What is asked of the API server. */
export function askedChanges(
  objects: readonly DraftObject[],
  read: (object: DraftObject) => ReadObject,
): readonly AskedChange[] {
  return objects.filter(isChanged).flatMap((one): readonly AskedChange[] => {
    const { base } = one
    const opened = base && readText(base.text).object
    if (one.deleted)
      return base ? [{ change: 'delete', ref: base.ref, resourceVersion: base.resourceVersion, opened }] : []
    return read(one).draft.objects.map(({ object, ref }) => {
      const same = base !== null && ref !== null && sameRef(base.ref, ref)
      return {
        change: 'put',
        object,
        resourceVersion: same ? base.resourceVersion : null,
        opened: same ? opened : null,
      }
    })
  })
}

export const sameRef = (a: PolicyRef, b: PolicyRef): boolean =>
  a.group === b.group && a.kind === b.kind && a.namespace === b.namespace && a.name === b.name

/** Which object a change is about. */
export function refOfAsked(asked: AskedChange): PolicyRef {
  return asked.change === 'delete' ? asked.ref : refOfObject(asked.object)
}
