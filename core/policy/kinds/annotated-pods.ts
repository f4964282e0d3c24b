import type { ModelCatalogue } from '../catalogue'
import { type EndMatch, namespaceNamed } from '../end-match'
import type { LabelMatch } from '../label-match'
import type { Workload } from '../model'
import type { PolicyRef } from '../normal-form'
import { labelled, workloads } from './mesh-objects'

/** Pods with an annotation, as an end that is just them. `one`: a workload that gives them their name. */
export type AnnotatedPods = { readonly value: string; readonly subject: EndMatch; readonly one: Workload }

/**
 * Finds pods by an annotation. They are told from others by their labels; where pods of the same labels differ in
 * the annotation, who is meant stays open. O(workloads).
 */
export function annotatedPods({ model }: ModelCatalogue, annotation: string): readonly AnnotatedPods[] {
  const valueOf = ({ annotations }: Workload) =>
    Object.hasOwn(annotations, annotation) ? annotations[annotation] : undefined
  const spaces = new Set(model.workloads.filter((one) => valueOf(one) !== undefined).map(({ namespace }) => namespace))
  return [...spaces].flatMap((namespace) => {
    const here = model.workloads.filter((one) => one.namespace === namespace)
    const keys = [...new Set(here.flatMap(({ labels }) => Object.keys(labels)))].toSorted()
    const alike = groupsOf(here, ({ labels }) => JSON.stringify(keys.map((key) => labels[key] ?? null)))
    return [...alike.values()].flatMap((pods) => {
      const values = new Set(pods.map(valueOf))
      return [...values].flatMap((value): readonly AnnotatedPods[] => {
        const one = pods.find((pod) => valueOf(pod) === value)
        if (value === undefined || !one) return []
        const labels = keys.map((key): LabelMatch => labelOf(key, one))
        const subject = workloads(namespaceNamed(namespace), { op: 'every', of: labels })
        return [{ value, one, subject: values.size > 1 ? { is: 'every', of: [subject, differing] } : subject }]
      })
    })
  })
}

/** Pods as the object that a policy by annotation is of. */
export const refOfPods = ({ kind, namespace, name }: Workload): PolicyRef => ({ group: '', kind, namespace, name })

function groupsOf(pods: readonly Workload[], key: (pod: Workload) => string): ReadonlyMap<string, readonly Workload[]> {
  const groups = new Map<string, Workload[]>()
  for (const pod of pods) groups.set(key(pod), [...(groups.get(key(pod)) ?? []), pod])
  return groups
}

const differing: EndMatch = { is: 'unclear', doubt: 'pods of the same labels have different annotations' }

function labelOf(key: string, { labels }: Workload): LabelMatch {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  return value === undefined ? { op: 'lacks', key } : labelled(key, value)
}
