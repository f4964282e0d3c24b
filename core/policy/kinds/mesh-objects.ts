import type { ModelCatalogue } from '../catalogue'
import type { EndMatch, NamespaceMatch } from '../end-match'
import { anyLabels, type LabelMatch } from '../label-match'
import type { ModelObject, ModelService } from '../model'
import { isFields, refOf } from '../read'

/** Objects of a kind of one group; both meshes have an AuthorizationPolicy. */
export const objectsOf = (catalogue: ModelCatalogue, group: string, kind: string): readonly ModelObject[] =>
  catalogue
    .objects(kind)
    .filter(({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`))

const indexed = new WeakMap<ModelCatalogue, Map<string, ReadonlyMap<string, readonly ModelObject[]>>>()

/** The same, of one namespace; found once for a catalogue. */
export function objectsIn(
  catalogue: ModelCatalogue,
  group: string,
  kind: string,
  namespace: string,
): readonly ModelObject[] {
  const kinds = indexed.get(catalogue) ?? new Map<string, ReadonlyMap<string, readonly ModelObject[]>>()
  indexed.set(catalogue, kinds)
  const key = `${group}/${kind}`
  const known = kinds.get(key) ?? inNamespaces(objectsOf(catalogue, group, kind), kind)
  kinds.set(key, known)
  return known.get(namespace) ?? []
}

function inNamespaces(objects: readonly ModelObject[], kind: string): ReadonlyMap<string, readonly ModelObject[]> {
  const found = new Map<string, ModelObject[]>()
  for (const object of objects) {
    const namespace = refOf(object, kind, true).namespace ?? ''
    const same = found.get(namespace)
    if (same) same.push(object)
    else found.set(namespace, [object])
  }
  return found
}

/** A text among the annotations of an object as it was written. */
export function annotationOf({ metadata }: ModelObject, name: string): string | null {
  const annotations = isFields(metadata) && isFields(metadata.annotations) ? metadata.annotations : {}
  const value = Object.hasOwn(annotations, name) ? annotations[name] : undefined
  return typeof value === 'string' ? value : null
}

export const workloads = (namespace: NamespaceMatch, labels: LabelMatch = anyLabels): EndMatch => ({
  is: 'workload',
  namespace,
  labels,
})

export const labelled = (key: string, ...values: readonly string[]): LabelMatch => ({ op: 'in', key, values })

/** Pods behind a Service; null: it selects none. */
export function podsBehind({ namespace, selector }: ModelService): EndMatch | null {
  const pairs = Object.entries(selector ?? {})
  if (pairs.length === 0) return null
  const of = pairs.map(([key, value]) => labelled(key, value))
  return workloads({ by: 'name', names: [namespace] }, { op: 'every', of })
}
