import { stringify } from 'yaml'
import { type Fields, isFields } from '../../read'
import { applyOps, remove, set, valueAt } from '../object-op'
import type { Path } from '../path'
import type { AlsoSays, At, Several } from '../visual'
import type { Next, NextItem, Refused } from './kind-editor'
import { isRefused } from './kind-editor'

/** With another value at a path; undefined takes what is there away. What is on the way is made. */
export function withValue(fields: Fields, path: Path, value: unknown): Fields {
  if (value === undefined && valueAt(fields, path) === undefined) return fields
  const next = applyOps(fields, [value === undefined ? remove(path) : set(path, value)])
  return isFields(next) ? next : fields
}

export const listAt = (fields: unknown, path: Path): readonly unknown[] => {
  const value = valueAt(fields, path)
  return Array.isArray(value) ? value : []
}

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
export const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export const yamlOf = (value: unknown): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false }).trimEnd()

/** What of a map no part of the model shows. */
export const alsoIn = (fields: Fields, path: Path, shown: readonly string[]): readonly AlsoSays[] =>
  Object.entries(fields)
    .filter(([key, value]) => !shown.includes(key) && value !== undefined && value !== null)
    .map(([key, value]) => ({ path: [...path, key], yaml: yamlOf({ [key]: value }) }))

/** The items of a list that stands at `path`; absent and empty are everything. */
export function severalAt<Value>(items: unknown, path: Path, read: (item: unknown) => Value): Several<Value> {
  if (!Array.isArray(items) || items.length === 0) return { are: 'everything' }
  return { are: 'some', items: items.map((item: unknown, i): At<Value> => ({ path: [...path, i], value: read(item) })) }
}

/** A list with those that are kept as they are and new ones as `write` writes them; the first refusal counts. */
export function nextList<Value>(
  rule: Fields,
  next: readonly NextItem<Value>[],
  write: (value: Value) => readonly unknown[] | Refused,
): readonly unknown[] | Refused {
  const items: unknown[] = []
  for (const item of next) {
    const written = 'keep' in item ? [valueAt(rule, item.keep)] : write(item.value)
    if (isRefused(written)) return written
    items.push(...written)
  }
  return items
}

/** The same where one list holds all; everything is no list. */
export function withList<Value>(
  rule: Fields,
  field: string,
  next: Next<Value>,
  write: (value: Value) => readonly unknown[] | Refused,
): Fields | Refused {
  if (next === 'everything') return withValue(rule, [field], undefined)
  const items = nextList(rule, next, write)
  return isRefused(items) ? items : withValue(rule, [field], items)
}
