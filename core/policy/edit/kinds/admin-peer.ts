import type { Direction } from '../../normal-form'
import { type Fields, isFields } from '../../read'
import type { LabelPick, NamespacePick, Peer } from '../visual'
import { textOf, yamlOf } from './fields'
import { isRefused, refused, type Refused } from './kind-editor'
import { isEverything, namespaceSelectorOf, namespacesOf, selectorOf, termsOf } from './selectors'

/** `namespaces` or `pods` of a subject or a peer; null: it says something else. */
export function podsOf(item: unknown): { readonly namespaces: NamespacePick; readonly pods: LabelPick } | null {
  if (!isFields(item) || Object.keys(item).length !== 1) return null
  if (isFields(item.namespaces)) {
    const namespaces = namespacesOf(plainSelector(item.namespaces), 'all')
    return namespaces && { namespaces, pods: { terms: [] } }
  }
  if (!isFields(item.pods)) return null
  const { namespaceSelector, podSelector, namespaces: older, ...rest } = item.pods
  const namespaces = namespacesOf(older === undefined ? namespaceSelector : plainSelector(older), 'all')
  const terms = termsOf(podSelector)
  return namespaces && terms && Object.keys(rest).length === 0 ? { namespaces, pods: { terms } } : null
}

/** Early versions put the selector of namespaces below a key. */
const plainSelector = (value: unknown): unknown =>
  isFields(value) && isFields(value.namespaceSelector) && Object.keys(value).length === 1
    ? value.namespaceSelector
    : value

/** The opposite. `before`: what stands there, whose way of writing is kept. */
export function writePods(namespaces: NamespacePick, pods: LabelPick): Fields | Refused {
  const namespaceSelector = namespaceSelectorOf(namespaces)
  if (isRefused(namespaceSelector)) return namespaceSelector
  if (namespaceSelector === null) return refused('A policy of administrators has no namespace of its own. Name one.')
  if (isEverything(pods)) return { namespaces: namespaceSelector }
  const podSelector = selectorOf(pods)
  return isRefused(podSelector) ? podSelector : { pods: { namespaceSelector, podSelector } }
}

const textsOf = (value: unknown): readonly string[] | null => {
  if (!Array.isArray(value) || value.length === 0) return null
  const texts = value.flatMap((one: unknown) => textOf(one) ?? [])
  return texts.length === value.length ? texts : null
}

export function adminPeerOf(item: unknown): Peer {
  const pods = podsOf(item)
  if (pods) return { is: 'pods', ...pods }
  if (isFields(item) && Object.keys(item).length === 1) {
    const cidrs = textsOf(item.networks)
    if (cidrs) return { is: 'range', cidrs, except: [] }
    const names = textsOf(item.domainNames)
    if (names) return { is: 'domain', names }
    const terms = isFields(item.nodes) ? termsOf(item.nodes) : null
    if (terms) return { is: 'nodes', labels: { terms } }
  }
  return { is: 'other', yaml: yamlOf(item) }
}

export function writeAdminPeer(peer: Peer, direction: Direction): readonly unknown[] | Refused {
  if (peer.is === 'pods') {
    const pods = writePods(peer.namespaces, peer.pods)
    return isRefused(pods) ? pods : [pods]
  }
  if (direction === 'ingress') return refused('Policies of administrators let in pods and namespaces only.')
  switch (peer.is) {
    case 'range':
      return peer.except.length > 0 ? refused('Ranges of this kind have no exceptions.') : [{ networks: peer.cidrs }]
    case 'domain':
      return [{ domainNames: peer.names }]
    case 'nodes': {
      const nodes = selectorOf(peer.labels)
      return isRefused(nodes) ? nodes : [{ nodes }]
    }
    default:
      return refused('This kind names pods, namespaces, nodes, address ranges and domain names only.')
  }
}
