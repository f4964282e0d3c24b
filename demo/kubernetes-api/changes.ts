import { isDeepStrictEqual } from 'node:util'
import { kindOf } from '@/core/policy/kinds'
import type { Change } from '../model/churn'
import type { KubernetesObject } from '../model/object'
import type { ObjectStore } from './object-store'
import { resourceKey, resourceOfObject } from './resources'
import { create, replace } from './write'

/** Makes the changes that the company itself makes, of policies as its people do: with kubectl. */
export function applyChanges(store: ObjectStore, changes: readonly Change[], now: number): void {
  for (const { type, object, ifStill } of changes) {
    const { namespace = '', name } = object.metadata
    const held = store.get(resourceKey(resourceOfObject(object)), namespace, name)
    if (ifStill !== undefined && !isDeepStrictEqual(held?.spec, ifStill)) continue
    if (type === 'delete') store.remove(held && kindOf(object) ? held : object)
    else if (kindOf(object)) writeAsPerson(store, object, held, now)
    else store.put(object)
  }
}

function writeAsPerson(store: ObjectStore, object: KubernetesObject, held: KubernetesObject | undefined, now: number) {
  const { name, namespace = '' } = object.metadata
  const target = { resource: resourceOfObject(object), namespace, name }
  const options = { fieldManager: null, force: false, dryRun: false, strict: true, now }
  if (held) replace(store, target, { ...held, spec: object.spec }, { ...options, program: 'kubectl-edit' })
  else {
    const body = { ...object, metadata: { name, namespace } }
    create(store, { ...target, name: '' }, body, { ...options, program: 'kubectl-create' })
  }
}
