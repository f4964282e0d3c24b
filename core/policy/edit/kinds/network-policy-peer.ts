import { type Fields, isFields } from '../../read'
import type { Peer } from '../visual'
import { textOf, yamlOf } from './fields'
import { isRefused, refused, type Refused } from './kind-editor'
import { isEverything, namespaceSelectorOf, namespacesOf, selectorOf, termsOf } from './selectors'

/** A peer of a NetworkPolicy as it is shown. */
export function peerOf(item: unknown): Peer {
  const other: Peer = { is: 'other', yaml: yamlOf(item) }
  if (!isFields(item)) return other
  const { podSelector, namespaceSelector, ipBlock, ...rest } = item
  if (Object.keys(rest).length > 0) return other
  if (isFields(ipBlock)) return podSelector || namespaceSelector ? other : (rangeOf(ipBlock) ?? other)
  const namespaces = namespacesOf(namespaceSelector, 'own')
  const terms = termsOf(podSelector)
  if (!namespaces || !terms || (!podSelector && !namespaceSelector)) return other
  return { is: 'pods', namespaces, pods: { terms } }
}

function rangeOf({ cidr, except, ...rest }: Fields): Peer | null {
  const text = textOf(cidr)
  if (text === null || Object.keys(rest).length > 0) return null
  const texts = Array.isArray(except) ? except.filter((one): one is string => typeof one === 'string') : []
  return { is: 'range', cidrs: [text], except: texts }
}

/** What is written for a peer: one item, or one for each range. */
export function writePeer(peer: Peer): readonly unknown[] | Refused {
  if (peer.is === 'range') {
    if (peer.except.length > 0 && peer.cidrs.length > 1) return refused('Exceptions are of one range each.')
    return peer.cidrs.map((cidr) => ({
      ipBlock: { cidr, ...(peer.except.length > 0 ? { except: peer.except } : {}) },
    }))
  }
  if (peer.is !== 'pods')
    return refused('A NetworkPolicy names pods by labels, namespaces by labels, and address ranges only.')
  const namespaceSelector = namespaceSelectorOf(peer.namespaces)
  const podSelector = selectorOf(peer.pods)
  if (isRefused(namespaceSelector)) return namespaceSelector
  if (isRefused(podSelector)) return podSelector
  if (namespaceSelector === null) return [{ podSelector }]
  return [{ namespaceSelector, ...(isEverything(peer.pods) ? {} : { podSelector }) }]
}
