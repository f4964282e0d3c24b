import type { ModelObject } from './model'
import { calicoGroup } from './policy-name'
import type { PolicyRef } from './normal-form'
import type { Problem } from './problem'

/** An object's fields, whatever they hold. */
export type Fields = Readonly<Record<string, unknown>>

/** A value at a path of a document, and where to write down what is wrong with it. */
export type Reader = {
  readonly path: string
  /** undefined or null: absent. An empty list or map is there. */
  readonly value: unknown
  readonly problems: Problem[]
}

/** @returns a reader of the whole object; its problems are collected in `problems` */
export const readerOf = (object: ModelObject): Reader => ({ path: '', value: object, problems: [] })

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Null counts as absent, as it does for the API server. */
export const isAbsent = ({ value }: Reader): boolean => value === undefined || value === null

export function refuse(at: Reader, reason: string): void {
  at.problems.push({ path: at.path, reason })
}

export function field(at: Reader, name: string): Reader {
  const path = at.path === '' ? name : `${at.path}.${name}`
  const value = isFields(at.value) && Object.hasOwn(at.value, name) ? at.value[name] : undefined
  return { path, value, problems: at.problems }
}

/** The fields of a map; {} and a problem where it is none. Absent: {}. */
export function fieldsAt(at: Reader): Fields {
  if (isAbsent(at)) return {}
  if (isFields(at.value)) return at.value
  refuse(at, 'must be a map')
  return {}
}

/** The items of a list; null: absent, which is not the same as empty. */
export function itemsAt(at: Reader): readonly Reader[] | null {
  if (isAbsent(at)) return null
  if (Array.isArray(at.value))
    return at.value.map((value: unknown, i) => ({ path: `${at.path}[${i}]`, value, problems: at.problems }))
  refuse(at, 'must be a list')
  return []
}

/** null: absent, or not a text, which is a problem. */
export function textAt(at: Reader): string | null {
  if (isAbsent(at)) return null
  if (typeof at.value === 'string') return at.value
  refuse(at, 'must be a text')
  return null
}

export function numberAt(at: Reader): number | null {
  if (isAbsent(at)) return null
  if (typeof at.value === 'number') return at.value
  refuse(at, 'must be a number')
  return null
}

export function booleanAt(at: Reader): boolean | null {
  if (isAbsent(at)) return null
  if (typeof at.value === 'boolean') return at.value
  refuse(at, 'must be true or false')
  return null
}

/** One of a few words; null: absent, or another, which is a problem. */
export function wordAt<Word extends string>(at: Reader, words: readonly Word[]): Word | null {
  const text = textAt(at)
  if (text === null) return null
  const word = words.find((one) => one === text)
  if (word === undefined) refuse(at, `must be ${words.join(' or ')}`)
  return word ?? null
}

const unknownOf = new WeakMap<Fields, readonly string[]>()

/** Names of a map's fields that are not among the known ones; they are kept and may change what it means. */
export function unknownFields(at: Reader, known: readonly string[]): readonly string[] {
  if (!isFields(at.value)) return []
  const names = Object.keys(at.value).filter((name) => !known.includes(name))
  unknownOf.set(at.value, names)
  return names
}

/** Paths of the fields that were not known when the object was read, in the order of the object. */
export function unknownPaths(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, i) => unknownPaths(item, `${path}[${i}]`))
  if (!isFields(value)) return []
  const unknown = unknownOf.get(value) ?? []
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`
    return unknown.includes(name) ? [at] : unknownPaths(inner, at)
  })
}

/** Which object it is. A namespaced one without a namespace is in `default`. */
export function refOf(object: ModelObject, kind: string, namespaced: boolean): PolicyRef {
  const { name, namespace } = isFields(object.metadata) ? object.metadata : {}
  return {
    group: groupOf(object),
    kind,
    namespace: namespaced ? (typeof namespace === 'string' && namespace !== '' ? namespace : 'default') : null,
    name: typeof name === 'string' ? name : '',
  }
}

/** The API group of an object; what Calico stores itself is of the group that it is served in. */
function groupOf({ apiVersion }: ModelObject): string {
  const [group = '', version] = typeof apiVersion === 'string' ? apiVersion.split('/') : []
  return version === undefined ? '' : group === `crd.${calicoGroup}` ? calicoGroup : group
}

/** The items of a list that must be there, with so many of them. */
export function someItemsAt(at: Reader, { least, most }: { readonly least: number; readonly most: number }) {
  const items = itemsAt(at) ?? []
  if (items.length < least) refuse(at, least === 1 ? 'must not be empty' : `must have at least ${least} items`)
  if (items.length > most) refuse(at, `must not have more than ${most} items`)
  return items
}
