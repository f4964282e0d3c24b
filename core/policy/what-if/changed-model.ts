import { kindOf } from '../kinds'
import type { Model, ModelObject } from '../model'
import { type PolicyRef, refKey } from '../normal-form'
import type { PolicyChange } from '../policy-change'
import { refOf } from '../read'

/** Which object it is; one of no known kind is named by what it says of itself. */
export function refOfObject(object: ModelObject): PolicyRef {
  const kind = kindOf(object)
  return refOf(object, kind?.kind ?? (typeof object.kind === 'string' ? object.kind : ''), kind?.namespaced ?? true)
}

export const refOfChange = (change: PolicyChange): PolicyRef =>
  change.change === 'put' ? refOfObject(change.object) : change.ref

const keysOf = new WeakMap<readonly ModelObject[], readonly string[]>()

/** Keys of a list of objects, found once for each list. */
export function objectKeys(objects: readonly ModelObject[]): readonly string[] {
  const known = keysOf.get(objects) ?? objects.map((object) => refKey(refOfObject(object)))
  keysOf.set(objects, known)
  return known
}

/**
 * The model with a draft: what it writes takes the place of the object of its name, or comes last; the last change of
 * one name counts. Objects that stay are the same ones, so that what was read of them is kept. O(objects).
 */
export function changedModel(model: Model, changes: readonly PolicyChange[]): Model {
  if (changes.length === 0) return model
  const byKey = new Map(changes.map((change) => [refKey(refOfChange(change)), change]))
  const keys = objectKeys(model.objects)
  const known = new Set(keys)
  const kept = model.objects.flatMap((object, i) => {
    const change = byKey.get(keys[i] ?? '')
    if (!change) return [object]
    return change.change === 'put' ? [change.object] : []
  })
  const added = [...byKey].flatMap(([key, change]) =>
    change.change === 'put' && !known.has(key) ? [change.object] : [],
  )
  return { ...model, objects: [...kept, ...added] }
}
