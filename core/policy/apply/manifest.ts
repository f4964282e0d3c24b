import { deepEqual } from '../../text/deep-equal'
import type { ModelObject } from '../model'
import { type Fields, isFields } from '../read'

/** Annotation that kubectl keeps what it applied last in; nobody writes it but kubectl. */
export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/**
 * What people write of an object: kind, name, labels, annotations and everything beside metadata and status. The rest
 * belongs to the API server and to controllers, and is left as it is by every change.
 */
export function writtenPart(object: ModelObject): ModelObject {
  const { apiVersion, kind, metadata, status: _status, ...rest } = object
  const { name, namespace, labels, annotations } = fieldsOf(metadata)
  const { [lastApplied]: _applied, ...notes } = fieldsOf(annotations)
  const own = {
    name,
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    ...(Object.keys(fieldsOf(labels)).length > 0 && { labels }),
    ...(Object.keys(notes).length > 0 && { annotations: notes }),
  }
  return { apiVersion, kind, metadata: own, ...rest }
}

/** Whether people would write both in the same way; the version of the API aside. */
export const sameManifest = (a: ModelObject, b: ModelObject): boolean =>
  deepEqual({ ...writtenPart(a), apiVersion: '' }, { ...writtenPart(b), apiVersion: '' })

/** The object that stands there after the wanted one has taken its place: `wanted` with what belongs to others, of `fresh`. */
export function inPlaceOf(fresh: ModelObject, wanted: ModelObject): ModelObject {
  const { metadata, ...rest } = writtenPart(wanted)
  const { labels: _labels, annotations, ...kept } = fieldsOf(fresh.metadata)
  const { [lastApplied]: applied } = fieldsOf(annotations)
  const { managedFields: _managed, ...own } = kept
  const notes = {
    ...fieldsOf(fieldsOf(metadata).annotations),
    ...(applied !== undefined && { [lastApplied]: applied }),
  }
  return {
    ...rest,
    metadata: { ...own, labels: fieldsOf(fieldsOf(metadata).labels), annotations: notes },
    ...(fresh.status !== undefined && { status: fresh.status }),
  }
}

/** An object as it is kept and shown: without managedFields. */
export function shownManifest(object: ModelObject): ModelObject {
  const { managedFields: _managed, ...metadata } = fieldsOf(object.metadata)
  return { ...object, metadata }
}

/** A text of the object's metadata; '' where there is none. */
export function metadataText(object: ModelObject, name: 'uid' | 'resourceVersion' | 'creationTimestamp'): string {
  const value = fieldsOf(object.metadata)[name]
  return typeof value === 'string' ? value : ''
}

/** A path into an object, from its top. */
export type FieldPath = readonly (string | number)[]

/** `spec.ingress[0].ports`. */
export const pathText = (path: FieldPath): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number'
        ? `${text}[${part}]`
        : /^[\w-]+$/.test(part)
          ? text === ''
            ? part
            : `${text}.${part}`
          : `${text}["${part}"]`,
    '',
  )

const maxPaths = 100

/** Where two values differ, deepest paths that say it; lists of one length are compared item by item. At most 100. */
export function differences(a: unknown, b: unknown, path: FieldPath = []): FieldPath[] {
  if (deepEqual(a, b)) return []
  const [one, other] = [entriesOf(a), entriesOf(b)]
  if (!one || !other || (Array.isArray(a) && Array.isArray(b) && a.length !== b.length)) return [path]
  const keys = [...new Set([...one.keys(), ...other.keys()])]
  return keys.flatMap((key) => differences(one.get(key), other.get(key), [...path, key])).slice(0, maxPaths)
}

/** Paths in which what people write of two objects differs, as texts; [] for none. `null`: not there. */
export function changedPaths(before: ModelObject | null, after: ModelObject | null): string[] {
  if (!before || !after) return []
  return differences(writtenPart(before), writtenPart(after)).map(pathText)
}

function entriesOf(value: unknown): ReadonlyMap<string | number, unknown> | null {
  if (Array.isArray(value)) return new Map(value.map((item: unknown, i) => [i, item]))
  return isFields(value) ? new Map(Object.entries(value)) : null
}
