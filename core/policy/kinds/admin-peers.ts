import type { ModelCatalogue } from '../catalogue'
import { anything, anyNamespace, type EndMatch, nothing } from '../end-match'
import { anyLabels, type LabelMatch, labelsMatch } from '../label-match'
import { selectorAt } from '../label-selector'
import type { ModelNamespace } from '../model'
import { parseSingle, rangeAt } from '../ranges'
import { field, isAbsent, type Reader, refuse, someItemsAt, textAt, unknownFields } from '../read'
import type { TextMatch } from '../request-match'

/** One entry of `from` or `to`. `own`: the subject's namespace, for peers that compare with it. */
export type AdminPeer = (catalogue: ModelCatalogue, own: ModelNamespace | null) => EndMatch

/** `namespaces` and `pods` never hold pods on the network of their node. */
export const onPodNetwork = (match: EndMatch): EndMatch => ({
  is: 'every',
  of: [match, { is: 'place', places: ['workload'] }],
})

/** Pods of namespaces: `namespaces` or `pods` of a subject or peer; null where it has neither. */
export function podsAt(at: Reader, namespacesAt: (at: Reader) => NamespacePick): AdminPeer | null {
  const namespaces = field(at, 'namespaces')
  const pods = field(at, 'pods')
  if (!isAbsent(namespaces)) {
    const pick = namespacesAt(namespaces)
    return (_, own) => onPodNetwork(workloads(pick(own), anyLabels))
  }
  if (isAbsent(pods)) return null
  const byPods = field(pods, 'namespaces')
  const pick = isAbsent(byPods) ? selected(field(pods, 'namespaceSelector')) : namespacesAt(byPods)
  if (isAbsent(field(pods, 'podSelector'))) refuse(field(pods, 'podSelector'), 'is required')
  const labels = selectorAt(field(pods, 'podSelector')) ?? anyLabels
  return (_, own) => onPodNetwork(workloads(pick(own), labels))
}

/** Which namespaces, by their labels, seen from the subject's; null: none. */
export type NamespacePick = (own: ModelNamespace | null) => LabelMatch | null

/** A plain selector; absent is every namespace. */
export function selected(at: Reader): NamespacePick {
  const labels = selectorAt(at) ?? anyLabels
  return () => labels
}

const workloads = (labels: LabelMatch | null, pods: LabelMatch): EndMatch =>
  labels === null
    ? nothing
    : { is: 'workload', namespace: labels.op === 'any' ? anyNamespace : { by: 'labels', labels }, labels: pods }

/** What only egress has: `networks`, `nodes`, `domainNames`; null where it has none of them. */
export function placesAt(at: Reader, allows: boolean): AdminPeer | null {
  const networks = field(at, 'networks')
  const nodes = field(at, 'nodes')
  const names = field(at, 'domainNames')
  if (!isAbsent(networks)) {
    const cidrs = someItemsAt(networks, { least: 1, most: 25 }).map((item) => textAt(item) ?? '')
    for (const [i, cidr] of cidrs.entries()) rangeAt({ ...networks, path: `${networks.path}[${i}]` }, cidr)
    return () => ({ is: 'address', cidrs, except: [], inCluster: 'yes' })
  }
  if (!isAbsent(nodes)) {
    const labels = selectorAt(nodes) ?? anyLabels
    return (catalogue) => nodesMatch(catalogue, labels)
  }
  if (isAbsent(names)) return null
  if (!allows) refuse(names, 'is for rules that accept only')
  const texts = someItemsAt(names, { least: 1, most: 25 }).map((item) => domainAt(item))
  return () => ({ is: 'dns-name', names: texts })
}

/** By the addresses of the nodes. */
function nodesMatch({ model }: ModelCatalogue, labels: LabelMatch): EndMatch {
  if (model.nodes.length === 0) return { is: 'unclear', doubt: 'the nodes of the cluster are not known' }
  const cidrs = model.nodes
    .filter((node) => labelsMatch(labels, node.labels))
    .flatMap(({ addresses }) => addresses.flatMap((text) => cidrOf(text) ?? []))
  return { is: 'address', cidrs, except: [], inCluster: 'yes' }
}

function cidrOf(text: string): string | null {
  const address = parseSingle(text)
  return address && `${text}/${address.bits}`
}

const domain = /^(\*\.)?([a-z0-9]([-a-z0-9_]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9_]*[a-z0-9])?\.?$/i

/** `*.` stands for one or more labels. */
function domainAt(at: Reader): TextMatch {
  const text = textAt(at) ?? ''
  if (!domain.test(text)) refuse(at, `${JSON.stringify(text)} is no domain name`)
  const name = text.toLowerCase().replace(/\.$/, '')
  return name.startsWith('*.') ? { how: 'suffix', text: name.slice(1) } : { how: 'exact', text: name }
}

/**
 * One peer. With a field that is not known it fails closed, as the API asks: `null` stands for "nothing" in a rule
 * that allows and for "deny everything" in one that does not.
 */
export function adminPeerAt(
  at: Reader,
  how: {
    readonly egress: boolean
    readonly allows: boolean
    readonly namespacesAt: (at: Reader) => NamespacePick
  },
): AdminPeer | null {
  const known = ['namespaces', 'pods', ...(how.egress ? ['networks', 'nodes', 'domainNames'] : [])]
  if (unknownFields(at, known).length > 0) return null
  const given = known.filter((name) => !isAbsent(field(at, name)))
  if (given.length !== 1) refuse(at, `must have exactly one of ${known.join(', ')}`)
  return podsAt(at, how.namespacesAt) ?? (how.egress ? placesAt(at, how.allows) : null) ?? (() => anything)
}
