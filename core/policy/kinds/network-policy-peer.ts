import { anything, type EndMatch, namespaceNamed, nothing } from '../end-match'
import { anyLabels } from '../label-match'
import { selectorAt } from '../label-selector'
import { field, isAbsent, itemsAt, type Reader, refuse, textAt, unknownFields } from '../read'
import { rangeAt, within } from '../ranges'

/** Absent or empty is every end, in the cluster and out of it; else one of them must match. */
export function peersAt(at: Reader, namespace: string): EndMatch {
  const peers = itemsAt(at) ?? []
  if (peers.length === 0) return anything
  return { is: 'some', of: peers.map((peer) => peerAt(peer, namespace)) }
}

function peerAt(at: Reader, namespace: string): EndMatch {
  const podSelector = selectorAt(field(at, 'podSelector'))
  const namespaceSelector = selectorAt(field(at, 'namespaceSelector'))
  const block = field(at, 'ipBlock')
  // A field of a later version may narrow the peer: it matches nothing rather than too much.
  if (unknownFields(at, ['podSelector', 'namespaceSelector', 'ipBlock']).length > 0) return nothing
  if (!isAbsent(block)) {
    if (podSelector || namespaceSelector) refuse(at, 'must have either ipBlock or selectors')
    return blockAt(block)
  }
  if (!podSelector && !namespaceSelector) {
    refuse(at, 'must have podSelector, namespaceSelector or ipBlock')
    return nothing
  }
  return {
    is: 'workload',
    namespace: namespaceSelector ? { by: 'labels', labels: namespaceSelector } : namespaceNamed(namespace),
    labels: podSelector ?? anyLabels,
  }
}

function blockAt(at: Reader): EndMatch {
  const cidr = textAt(field(at, 'cidr')) ?? ''
  const range = rangeAt(field(at, 'cidr'), cidr)
  const except = (itemsAt(field(at, 'except')) ?? []).map((item) => {
    const text = textAt(item) ?? ''
    const part = rangeAt(item, text)
    if (part && range && !within(part, range)) refuse(item, `must be a part of ${cidr} and smaller than it`)
    return text
  })
  if (unknownFields(at, ['cidr', 'except']).length > 0) return nothing
  return { is: 'address', cidrs: [cidr], except, inCluster: 'by-profile' }
}
