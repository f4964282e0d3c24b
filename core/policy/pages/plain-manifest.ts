import type { ModelObject } from '../model'
import { isFields } from '../read'

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

/** An object as a file would have it: without what the API server adds, the usual fields in the usual order. */
export function plainManifest({ apiVersion, kind, metadata, ...rest }: ModelObject): ModelObject {
  const { name, namespace, ...others } = isFields(metadata) ? metadata : {}
  const kept = Object.entries(others).filter(([key, value]) => !served.has(key) && !isEmpty(value))
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...Object.fromEntries(kept) },
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'status')),
  }
}

const isEmpty = (value: unknown): boolean => isFields(value) && Object.keys(value).length === 0
