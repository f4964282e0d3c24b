import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Fields } from '@/core/policy/read'
import { type KubernetesObject, timestamp } from '../model/object'
import { applied } from './apply'
import { merged, type PatchType } from './body'
import { setOf } from './field-set'
import { type Managed, updated } from './managed-fields'
import type { ObjectStore } from './object-store'
import { resourceKey, type Target } from './resources'
import { alreadyExists, conflict, invalid, notFound, wasModified } from './status'
import { objectOf, validate, wholeIn } from './validate'

export type WriteOptions = {
  /** Name of the writer; null: not given, so that of its program counts. */
  readonly fieldManager: string | null
  readonly program: string
  readonly force: boolean
  readonly dryRun: boolean
  readonly strict: boolean
  readonly now: number
}

/** What is answered: the object, and whether it is new. */
export type WriteAnswer = { readonly code: 200 | 201; readonly body: object }

const noManager = {
  reason: 'FieldValueRequired',
  message: 'Required value: is required for apply patch',
  field: 'fieldManager',
}

const live = (store: ObjectStore, { resource, namespace, name }: Target) =>
  store.get(resourceKey(resource), namespace, name) ?? null

/** POST. Throws StatusError. */
export function create(store: ObjectStore, target: Target, body: Fields, options: WriteOptions): WriteAnswer {
  const object = objectOf(body, target)
  const at = { ...target, name: object.metadata.name }
  const { group, plural } = target.resource
  if (live(store, at)) throw alreadyExists(group, plural, at.name)
  return kept(store, at, null, tracked(null, object, at, options), options)
}

/** PUT. Throws StatusError. */
export function replace(store: ObjectStore, target: Target, body: Fields, options: WriteOptions): WriteAnswer {
  const before = live(store, target)
  const { group, kind, plural } = target.resource
  const object = objectOf(body, target)
  if (!before) throw notFound(group, plural, target.name)
  if (!object.metadata.resourceVersion && group !== 'networking.k8s.io')
    throw invalid(group, kind, target.name, [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      },
    ])
  return kept(store, target, before, tracked(before, object, target, options), options)
}

/** PATCH. Throws StatusError. */
export function patch(
  store: ObjectStore,
  target: Target,
  body: Fields,
  type: PatchType,
  options: WriteOptions,
): WriteAnswer {
  const before = live(store, target)
  if (type === 'apply') {
    const { fieldManager: manager, now, force } = options
    if (!manager) throw invalid('meta.k8s.io', 'PatchOptions', '', [noManager])
    const config = objectOf(body, target)
    const writer = { manager, operation: 'Apply', now } as const
    const next = applied(before, config, writer, { isWhole: wholeIn(target), force })
    const { resourceVersion, uid } = config.metadata
    return kept(store, target, before, { ...next, metadata: { ...next.metadata, resourceVersion, uid } }, options)
  }
  if (!before) throw notFound(target.resource.group, target.resource.plural, target.name)
  const object = objectOf(merged(before, body) as Fields, target)
  return kept(store, target, before, tracked(before, object, target, options), options)
}

function tracked(
  before: KubernetesObject | null,
  object: KubernetesObject,
  target: Target,
  { fieldManager, program, now }: WriteOptions,
): KubernetesObject {
  const writer = { manager: fieldManager ?? program, operation: 'Update', now } satisfies Partial<Managed> & {
    now: number
  }
  // Kinds of Kubernetes itself always have a spec, custom resources only what is written.
  const startsWith = setOf([['metadata'], ...(target.resource.group === 'networking.k8s.io' ? [['spec']] : [])])
  return updated(before, object, writer, wholeIn(target), startsWith)
}

/** Checks the object against what is there, fills in what the server keeps, and stores it. */
function kept(
  store: ObjectStore,
  target: Target,
  before: KubernetesObject | null,
  next: KubernetesObject,
  { dryRun, strict, now }: WriteOptions,
): WriteAnswer {
  const { group, plural } = target.resource
  if (target.namespace && !store.get('namespaces', '', target.namespace))
    throw notFound('', 'namespaces', target.namespace)
  const { resourceVersion: asked, uid } = next.metadata
  if (asked !== undefined && asked !== before?.metadata.resourceVersion)
    throw conflict(group, plural, target.name, wasModified)
  if (uid !== undefined && before && uid !== before.metadata.uid)
    throw conflict(
      group,
      plural,
      target.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid}`,
    )
  validate(next, target, strict)
  const generation = Number(before?.metadata.generation ?? 1)
  const isSame = before !== null && isDeepStrictEqual(before.spec, next.spec)
  const object: KubernetesObject = {
    ...next,
    metadata: {
      ...next.metadata,
      uid: before?.metadata.uid ?? randomUUID(),
      creationTimestamp: before?.metadata.creationTimestamp ?? timestamp(now),
      generation: before && !isSame ? generation + 1 : generation,
      ...(before ? { resourceVersion: before.metadata.resourceVersion } : {}),
    },
    ...(before?.status === undefined ? {} : { status: before.status }),
  }
  const code = before ? 200 : 201
  if (dryRun || (before && isDeepStrictEqual(before, object))) return { code, body: object }
  store.put(object)
  return { code, body: live(store, target) ?? object }
}
