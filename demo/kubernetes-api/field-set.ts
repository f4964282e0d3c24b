import { isDeepStrictEqual } from 'node:util'
import { type Fields, isFields } from '@/core/policy/read'

/** Names of fields from the object down. */
export type Path = readonly string[]

/** Fields of an object that somebody owns, each by its path as text. */
export type FieldSet = ReadonlyMap<string, Path>

/** Whether the value at a path belongs to one owner as a whole. Lists always do. */
export type IsWhole = (path: Path) => boolean

const keyOf = (path: Path) => JSON.stringify(path)
export const setOf = (paths: Iterable<Path>): FieldSet => new Map([...paths].map((path) => [keyOf(path), path]))
export const without = (set: FieldSet, gone: FieldSet): FieldSet => new Map([...set].filter(([key]) => !gone.has(key)))
export const union = (a: FieldSet, b: FieldSet): FieldSet => new Map([...a, ...b])
export const sameSet = (a: FieldSet, b: FieldSet): boolean =>
  a.size === b.size && [...a.keys()].every((key) => b.has(key))

/** What the API server keeps itself, and what only names the object. */
const unowned: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'status'])
const unownedMetadata: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'selfLink',
])
const isUnowned = ([first = '', second = '', ...more]: Path) =>
  more.length === 0 && (second === '' ? unowned.has(first) : first === 'metadata' && unownedMetadata.has(second))

/** Fields without fields of their own, and with `maps` the maps too. O(fields). */
export function fieldsOf(object: Fields, isWhole: IsWhole, maps = false): FieldSet {
  const found: Path[] = []
  const walk = (value: unknown, path: Path): void => {
    if (isUnowned(path) || value === undefined) return
    const isMap = isFields(value) && Object.keys(value).length > 0 && !isWhole(path)
    if (path.length > 0 && (!isMap || maps)) found.push(path)
    if (isMap) for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name])
  }
  walk(object, [])
  return setOf(found)
}

export const valueAt = (object: unknown, path: Path): unknown =>
  path.reduce(
    (value: unknown, name) => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    object,
  )

/** Of a set, what is not the same in both objects. */
export const differing = (set: FieldSet, a: unknown, b: unknown): FieldSet =>
  new Map([...set].filter(([, path]) => !isDeepStrictEqual(valueAt(a, path), valueAt(b, path))))

/** A copy of the object with the value at the path; `undefined` takes the field away. */
export function withValue(object: Fields, [first = '', ...rest]: Path, value: unknown): Fields {
  const inner = Object.hasOwn(object, first) ? object[first] : undefined
  const next = rest.length === 0 ? value : withValue(isFields(inner) ? inner : {}, rest, value)
  const { [first]: _gone, ...others } = object
  return next === undefined ? others : { ...object, [first]: next }
}

/** As `managedFields` has it: names with `f:` before them, `.` for a map that is owned itself. */
export function toFieldsV1(set: FieldSet): Fields {
  let tree: Fields = {}
  for (const path of set.values()) {
    const names = path.map((name) => `f:${name}`)
    if (valueAt(tree, names) === undefined) tree = withValue(tree, names, {})
  }
  for (const path of set.values()) {
    const names = path.map((name) => `f:${name}`)
    if (Object.keys(Object(valueAt(tree, names)) as Fields).length > 0) tree = withValue(tree, [...names, '.'], {})
  }
  return tree
}

export function fromFieldsV1(tree: unknown): FieldSet {
  const found: Path[] = []
  const walk = (value: unknown, path: Path): void => {
    const names = isFields(value) ? Object.keys(value) : []
    if (path.length > 0 && (names.length === 0 || names.includes('.'))) found.push(path)
    for (const name of names) if (name.startsWith('f:') && isFields(value)) walk(value[name], [...path, name.slice(2)])
  }
  walk(tree, [])
  return setOf(found)
}
