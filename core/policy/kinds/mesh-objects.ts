import type { ModelCatalogue } from '../catalogue'
import type { EndMatch, NamespaceMatch } from '../end-match'
import { anyLabels, type LabelMatch } from '../label-match'
import type { ModelObject, ModelService } from '../model'
import { isFields } from '../read'

/** Objects of a kind of one group; both meshes have an AuthorizationPolicy. */
export const objectsOf = (catalogue: ModelCatalogue, group: string, kind: string): readonly ModelObject[] =>
  catalogue
    .objects(kind)
    .filter(({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`))

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
