import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import type { BaseObject, DraftObject } from '../state/draft-object'
import type { ReadObject } from '../state/read-objects'

/** An object that got another name, namespace or kind in the draft: applying makes a second one beside `from`. */
export type Renamed = { readonly id: string; readonly from: BaseObject; readonly to: PolicyRef }

/** What a draft makes beside what stands; not where the draft also says what becomes of that. */
export function renamedObjects(
  objects: readonly DraftObject[],
  read: (object: DraftObject) => ReadObject,
): readonly Renamed[] {
  const said = new Set(
    objects.flatMap((one) =>
      one.deleted
        ? one.base
          ? [refKey(one.base.ref)]
          : []
        : read(one).draft.objects.flatMap(({ ref }) => (ref ? [refKey(ref)] : [])),
    ),
  )
  return objects.flatMap((one): readonly Renamed[] => {
    const { id, base, deleted } = one
    const to = deleted ? null : read(one).draft.objects[0]?.ref
    if (!base || !to || to.name === '' || said.has(refKey(base.ref))) return []
    return [{ id, from: base, to }]
  })
}

/** The draft with the object of before deleted by it as a change of its own. */
export const alsoDeleted = (objects: readonly DraftObject[], { from }: Renamed, id: string): readonly DraftObject[] => [
  ...objects,
  { id, base: from, text: from.text, deleted: true },
]
