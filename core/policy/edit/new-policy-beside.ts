import type { ModelObject } from '../model'
import { placeRules } from '../policy-place'
import { refOfObject } from '../what-if/changed-model'
import { freeName } from './free-name'
import { freeOrder } from './free-order'
import { withValue } from './kinds/fields'
import { type NewAbout, type NewKind, newPolicy } from './new-policy'

/** A new object with a name, and an order or priority in its tier, that none of these has. */
export function newPolicyBeside(objects: readonly ModelObject[], kind: NewKind, about: NewAbout): ModelObject {
  const name = freeName(objects, about.name, refOfObject(newPolicy(kind, about)))
  const object = newPolicy(kind, { ...about, name })
  const field = placeRules(refOfObject(object))?.field
  return field ? withValue(object, ['spec', field], freeOrder(object, objects)) : object
}
