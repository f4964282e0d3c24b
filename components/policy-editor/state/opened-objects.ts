import { newPolicyBeside } from '@/core/policy/edit/new-policy-beside'
import type { NewKind } from '@/core/policy/edit/new-policy'
import type { ProposedChange } from '@/core/policy/edit/proposal'
import { objectText } from '@/core/policy/edit/object-text'
import type { PolicyGround } from '@/core/policy/ground'
import type { ModelObject } from '@/core/policy/model'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import type { BaseObject, DraftObject } from './draft-object'

let made = 0

/** Names a new tab; unique in this page. */
export const newTabId = (): string => `tab-${++made}`

/** An object of the cluster as a base; null: there is none of this name. */
export function baseOf(ground: PolicyGround, key: string): BaseObject | null {
  const at = ground.records.findIndex(({ ref }) => refKey(ref) === key)
  const record = ground.records[at]
  const object = ground.model.objects[at]
  return record && object
    ? { ref: record.ref, resourceVersion: record.resourceVersion, text: objectText(object) }
    : null
}

/** An object of the cluster, opened as it is. */
export function openedObject(ground: PolicyGround, ref: PolicyRef): DraftObject | null {
  const base = baseOf(ground, refKey(ref))
  return base && { id: newTabId(), base, text: base.text, deleted: false }
}

/** A new object. */
export const newObject = (text: string): DraftObject => ({ id: newTabId(), base: null, text, deleted: false })

/** The text of a new object of a kind beside others, about everybody in a namespace until somebody says otherwise. */
export const blankText = (kind: NewKind, namespace: string, others: readonly ModelObject[]): string =>
  objectText(newPolicyBeside(others, kind, { name: 'new-policy', namespace, labels: {}, isolates: [] }))

/** What a proposal changes, each object in a tab. */
export const proposedObjects = (ground: PolicyGround, changes: readonly ProposedChange[]): readonly DraftObject[] =>
  changes.map(({ ref, before, after }) => {
    const base = before === null ? null : baseOf(ground, refKey(ref))
    return { id: newTabId(), base: base && { ...base, text: before ?? base.text }, text: after, deleted: false }
  })
