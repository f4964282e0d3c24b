import { deepEqual } from '../../text/deep-equal'
import { isFields } from '../read'
import type { FieldChange } from './object-page'

const mostChanges = 50
const mostText = 500

/** What differs between two versions of an object, by path, outermost first where a whole part came or went. O(size). */
export function compareManifests(before: unknown, after: unknown): readonly FieldChange[] {
  const found: FieldChange[] = []
  const walk = (path: string, a: unknown, b: unknown): void => {
    if (found.length >= mostChanges || deepEqual(a, b)) return
    if (isFields(a) && isFields(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk(joined(path, key), a[key], b[key])
    } else if (Array.isArray(a) && Array.isArray(b)) {
      for (let i = 0; i < Math.max(a.length, b.length); i++) walk(`${path}[${i}]`, a[i], b[i])
    } else found.push({ path, before: textOf(a), after: textOf(b) })
  }
  walk('', before, after)
  return found
}

const joined = (path: string, key: string): string => {
  const name = /^[A-Za-z_][\w-]*$/.test(key) ? key : `["${key}"]`
  return path === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`
}

function textOf(value: unknown): string | null {
  const text = value === undefined ? null : (JSON.stringify(value) ?? null)
  return text !== null && text.length > mostText ? `${text.slice(0, mostText)}…` : text
}
