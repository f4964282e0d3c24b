import { type Fields, isFields } from '@/core/policy/read'
import type { ObjectStore } from './object-store'
import { resourceKey, type Target } from './resources'
import { conflict, notFound } from './status'
import type { WriteAnswer } from './write'

/** DELETE, with the DeleteOptions of its body. Throws StatusError. */
export function remove(store: ObjectStore, target: Target, options: Fields, dryRun: boolean): WriteAnswer {
  const { group, plural, kind } = target.resource
  const object = store.get(resourceKey(target.resource), target.namespace, target.name)
  if (!object) throw notFound(group, plural, target.name)
  const { uid, resourceVersion } = isFields(options.preconditions) ? options.preconditions : {}
  const refuse = (what: string, asked: unknown, found: unknown, why: string) =>
    conflict(
      group,
      kind,
      target.name,
      `the ${what} in the precondition (${String(asked)}) does not match the ${what} in record (${String(found)}). The object might have been ${why}`,
    )
  const { metadata } = object
  if (uid !== undefined && uid !== metadata.uid) throw refuse('UID', uid, metadata.uid, 'deleted and then recreated')
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    throw refuse('ResourceVersion', resourceVersion, metadata.resourceVersion, 'modified')
  if (!dryRun) store.remove(object)
  return {
    code: 200,
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: target.name, ...(group ? { group } : {}), kind: plural, uid: metadata.uid },
    },
  }
}
