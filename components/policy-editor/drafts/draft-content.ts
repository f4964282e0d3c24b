import type { DraftObject as SavedObject, PolicyDraftContent } from '@/core/policy/apply/draft'
import type { DraftObject } from '../state/draft-object'
import { newTabId } from '../state/opened-objects'

/** The objects of a draft as they are saved. */
export const savedObjects = (objects: readonly DraftObject[]): readonly SavedObject[] =>
  objects.map(({ base, text, deleted }) => ({
    change: deleted ? 'delete' : 'put',
    text,
    ref: base?.ref ?? null,
    resourceVersion: base?.resourceVersion ?? null,
    opened: base?.text ?? null,
  }))

/** The same the other way round, each in a tab of its own. */
export const openedDraft = ({ objects }: Pick<PolicyDraftContent, 'objects'>): readonly DraftObject[] =>
  objects.map(({ change, text, ref, resourceVersion, opened }) => ({
    id: newTabId(),
    base: ref === null || resourceVersion === null ? null : { ref, resourceVersion, text: opened ?? text },
    text,
    deleted: change === 'delete',
  }))
