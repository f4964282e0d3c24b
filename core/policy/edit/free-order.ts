import type { ModelObject } from '../model'
import { placeRules } from '../policy-place'
import { isFields } from '../read'
import { refOfObject } from '../what-if/changed-model'

/** Room is left between, so that a later policy finds a place there. */
const steps = [10, 1] as const

/** The order or priority nearest behind the one of a new object that no other of its tier has, then before it; the same where all are taken, null where its kind has none. O(objects). */
export function freeOrder(wanted: ModelObject, objects: readonly ModelObject[]): number | null {
  const own = placeOf(wanted)
  if (!own) return null
  const places = objects.flatMap((object) => placeOf(object) ?? [])
  const taken = new Set(
    places.filter(({ field, tier }) => field === own.field && tier === own.tier).map(({ order }) => order),
  )
  for (const step of [...steps, -1])
    for (
      let order = own.order;
      order >= own.least && order <= own.most && Math.abs(order - own.order) <= 10_000;
      order += step
    )
      if (!taken.has(order)) return order
  return own.order
}

function placeOf(object: ModelObject) {
  const ref = refOfObject(object)
  const rules = placeRules(ref)
  const spec = isFields(object.spec) ? object.spec : {}
  const order = spec[rules?.field ?? '']
  if (!rules || typeof order !== 'number') return null
  const tier = rules.tiers === null ? 'Admin' : typeof spec.tier === 'string' ? spec.tier : 'default'
  return { field: rules.field, tier, order, least: rules.least, most: rules.most }
}
