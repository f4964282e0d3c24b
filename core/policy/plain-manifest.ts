import type { ModelObject } from './model'
import { isFields } from './read'
import { orderedAsUsual } from './usual-order'

/** What the API server writes itself. */
const served = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
])

/** An object as a file would have it: without what the API server adds, in the order that people write. */
export function plainManifest({ metadata, ...object }: ModelObject): ModelObject {
  const kept = isFields(metadata)
    ? Object.entries(metadata).filter(([key, value]) => !served.has(key) && !isEmpty(value))
    : []
  const others = Object.entries(object).filter(([key]) => key !== 'status')
  const ordered = orderedAsUsual({ ...Object.fromEntries(others), metadata: Object.fromEntries(kept) })
  return isFields(ordered) ? ordered : {}
}

const isEmpty = (value: unknown): boolean => isFields(value) && Object.keys(value).length === 0
