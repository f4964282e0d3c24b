import { isDeepStrictEqual } from 'node:util'
import type { Change } from '../model/churn'
import type { ObjectStore } from './object-store'
import { resourceKey, resourceOfObject } from './resources'

/** Makes the changes that the company itself makes. */
export function applyChanges(store: ObjectStore, changes: readonly Change[]): void {
  for (const { type, object, ifStill } of changes) {
    const { namespace = '', name } = object.metadata
    const held = store.get(resourceKey(resourceOfObject(object)), namespace, name)
    if (ifStill !== undefined && !isDeepStrictEqual(held?.spec, ifStill)) continue
    if (type === 'put') store.put(object)
    else store.remove(object)
  }
}
