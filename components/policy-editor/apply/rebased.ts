import type { WriteResult } from '@/core/policy/apply/write-result'
import { refKey } from '@/core/policy/normal-form'
import type { DraftObject } from '../state/draft-object'
import type { ReadObject } from '../state/read-objects'

/** What stands in the cluster after a plan, by tab: what was written is the base now. @param textOf its text then */
export function rebasedObjects(
  objects: readonly DraftObject[],
  read: (object: DraftObject) => ReadObject,
  results: readonly WriteResult[],
  textOf: (object: DraftObject, result: WriteResult) => string,
): ReadonlyMap<string, DraftObject['base']> {
  const byKey = new Map(results.map((result) => [refKey(result.ref), result]))
  return new Map(
    objects.flatMap((object): readonly (readonly [string, DraftObject['base']])[] => {
      const ref = object.deleted ? object.base?.ref : read(object).draft.objects[0]?.ref
      const result = ref && byKey.get(refKey(ref))
      if (!ref || !result || result.problem) return []
      if (result.state === 'deleted') return [[object.id, null]]
      const { resourceVersion } = result
      const done = result.state === 'created' || result.state === 'updated' || result.state === 'unchanged'
      return done && resourceVersion !== null
        ? [[object.id, { ref, resourceVersion, text: textOf(object, result) }]]
        : []
    }),
  )
}
