import type { ObjectManager } from '../ground'
import type { ModelObject } from '../model'
import { type Fields, isFields } from '../read'
import type { FieldPath } from './manifest'

type Entry = ObjectManager & { readonly fields: Fields; readonly subresource: string }

/** Who owns which fields of an object, by its managedFields; status aside. */
export function fieldOwners(object: ModelObject): readonly Entry[] {
  const metadata = isFields(object.metadata) ? object.metadata : {}
  const entries: readonly unknown[] = Array.isArray(metadata.managedFields) ? metadata.managedFields : []
  return entries.flatMap((entry): Entry[] => {
    if (!isFields(entry) || entry.subresource === 'status') return []
    const { manager, operation, time, fieldsV1 } = entry
    const at = typeof time === 'string' ? Date.parse(time) : Number.NaN
    const own: Entry = {
      manager: typeof manager === 'string' ? manager.slice(0, 128) : 'unknown',
      operation: operation === 'Apply' || operation === 'Update' ? operation : 'unknown',
      time: Number.isNaN(at) ? null : at,
      fields: isFields(fieldsV1) ? fieldsV1 : {},
      subresource: typeof entry.subresource === 'string' ? entry.subresource : '',
    }
    const names = Object.keys(own.fields)
    return names.length > 0 && names.every((name) => name === 'f:status') ? [] : [own]
  })
}

/** Managers without their fields, the newest first. */
export const managersOf = (object: ModelObject): readonly ObjectManager[] =>
  fieldOwners(object)
    .map(({ manager, operation, time }) => ({ manager, operation, time }))
    // Times are whole seconds, and the API server lists the later of equal ones last.
    .toReversed()
    .toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0))

/** Who wrote the object last; null where nothing tells. */
export const lastWriter = (object: ModelObject): ObjectManager | null => managersOf(object)[0] ?? null

/** Whether a manager owns this path, or the list or map as a whole that it lies in. */
export function owns(fields: Fields, path: FieldPath): boolean {
  let at: Fields = fields
  for (const part of path) {
    const inner = at[`f:${part}`]
    // A list that is owned in whole has nothing below it; items of others are named by keys (k:) or values (v:).
    if (!isFields(inner)) {
      const names = Object.keys(at)
      return at !== fields && (names.length === 0 || names.some((name) => /^[kv]:/.test(name)))
    }
    at = inner
  }
  return true
}
