import { stringify } from 'yaml'
import type { ModelObject } from '../model'

const first = ['apiVersion', 'kind', 'metadata', 'spec']

/** An object as YAML, the usual fields first. Lines are not wrapped. */
export function objectText(object: ModelObject): string {
  const known = first.filter((key) => Object.hasOwn(object, key))
  const rest = Object.keys(object).filter((key) => !first.includes(key))
  return stringify(Object.fromEntries([...known, ...rest].map((key) => [key, object[key]])), { lineWidth: 0 })
}
