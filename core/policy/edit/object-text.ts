import { stringify } from 'yaml'
import type { ModelObject } from '../model'
import { isFields } from '../read'

const first = ['apiVersion', 'kind', 'metadata', 'spec']

/** What the API server writes by itself, and nobody who edits. */
const ofTheServer = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink']

/** An object as people write it: YAML, the usual fields first, without what the API server adds. Lines are not wrapped. */
export function objectText(object: ModelObject): string {
  const { metadata } = object
  const own = isFields(metadata)
    ? { metadata: Object.fromEntries(Object.entries(metadata).filter(([key]) => !ofTheServer.includes(key))) }
    : {}
  const whole: ModelObject = { ...object, ...own }
  const known = first.filter((key) => Object.hasOwn(whole, key))
  const rest = Object.keys(whole).filter((key) => !first.includes(key) && key !== 'status')
  return stringify(Object.fromEntries([...known, ...rest].map((key) => [key, whole[key]])), { lineWidth: 0 })
}
