import type { Labels } from '../../inventory/inventory-object'
import { labelsOf } from '../kinds/calico-labels'
import { parseSelector } from '../kinds/calico-selector'
import { anyLabels, type LabelMatch, labelsMatch } from '../label-match'
import type { Model, Workload } from '../model'
import type { LabelPick, NamespacePick, Peer, Subject } from './visual'

/**
 * Workloads that something picks now. `unknown`: what it picks by is not looked at here (principals, ranges, YAML);
 * the engine judges it, and no number is shown.
 */
export type Picked = { readonly workloads: readonly Workload[] } | 'unknown'

/** A pick of labels as a condition; null where its expression cannot be read. */
function labelMatchOf(pick: LabelPick): LabelMatch | null {
  if ('expression' in pick) {
    const read = parseSelector(pick.expression)
    return 'problem' in read ? null : labelsOf(read.selector)
  }
  const of = pick.terms.map(({ key, op, values }): LabelMatch => {
    return op === 'has' || op === 'lacks' ? { op, key } : { op, key, values }
  })
  return of.length === 0 ? anyLabels : { op: 'every', of }
}

/** Whether labels fit; null where that cannot be told. */
export function labelsPicked(pick: LabelPick, labels: Labels): boolean | null {
  const match = labelMatchOf(pick)
  return match === null ? null : labelsMatch(match, labels)
}

/** Names of the namespaces that are picked. @param own of the policy; null: it has none, so `own` is all */
export function pickedNamespaces(pick: NamespacePick, own: string | null, model: Model): ReadonlySet<string> | null {
  if (pick.pick === 'named') return new Set(pick.names)
  if (pick.pick === 'own' && own !== null) return new Set([own])
  if (pick.pick !== 'labels') return null
  return new Set(model.namespaces.filter(({ labels }) => labelsPicked(pick.labels, labels)).map(({ name }) => name))
}

/** Pods on the network of their node are no pods to a selector. */
function podsPicked(namespaces: NamespacePick, pods: LabelPick, own: string | null, model: Model): Picked {
  const match = labelMatchOf(pods)
  if (match === null) return 'unknown'
  const among = pickedNamespaces(namespaces, own, model)
  return {
    workloads: model.workloads.filter(
      ({ namespace, labels, hostNetwork }) =>
        !hostNetwork && (among === null || among.has(namespace)) && labelsMatch(match, labels),
    ),
  }
}

/** Whom a policy is about. */
export const subjectPicked = ({ namespaces, pods, other }: Subject, own: string | null, model: Model): Picked =>
  other === null ? podsPicked(namespaces, pods, own, model) : 'unknown'

/** The other end, as far as it is workloads. */
export function peerPicked(peer: Peer, own: string | null, model: Model): Picked {
  const those = (fits: (workload: Workload) => boolean): Picked => ({ workloads: model.workloads.filter(fits) })
  switch (peer.is) {
    case 'pods':
      return podsPicked(peer.namespaces, peer.pods, own, model)
    case 'namespaces':
      return peer.names.some((name) => name.includes('*'))
        ? 'unknown'
        : those(({ namespace }) => peer.names.includes(namespace))
    case 'account':
      return those(({ namespace, serviceAccount }) =>
        peer.accounts.some((one) => (one.namespace ?? own) === namespace && one.name === serviceAccount),
      )
    case 'service': {
      const service = model.services.find(({ namespace, name }) => namespace === peer.namespace && name === peer.name)
      const selector = service?.selector
      if (!selector) return 'unknown'
      const wanted = Object.entries(selector)
      return those(
        ({ namespace, labels }) =>
          namespace === peer.namespace && wanted.every(([key, value]) => labels[key] === value),
      )
    }
    default:
      return 'unknown'
  }
}

/** Pods of workloads, as far as their addresses are known. */
export const podsOf = (workloads: readonly Workload[]): number =>
  workloads.reduce((sum, { ips }) => sum + Math.max(1, ips.length), 0)
