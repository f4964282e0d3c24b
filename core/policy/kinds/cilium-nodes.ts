import type { ModelCatalogue } from '../catalogue'
import type { EndMatch } from '../end-match'
import { labelsMatch } from '../label-match'
import { parseSingle } from '../ranges'
import { labelOf, type Requirement } from './cilium-selector'

/** Nodes with such labels, by their addresses; every node may be one where none is known. */
export function nodesWith(requirements: readonly Requirement[], { model }: ModelCatalogue): EndMatch {
  const anyNode: EndMatch = { is: 'place', places: ['own-node', 'other-node'] }
  if (requirements.length === 0) return anyNode
  if (model.nodes.length === 0)
    return { is: 'every', of: [anyNode, { is: 'unclear', doubt: 'the nodes of the cluster are not known' }] }
  const cidrs = model.nodes
    .filter(({ labels }) => requirements.every((one) => labelsMatch(labelOf(one), labels)))
    .flatMap(({ addresses }) => addresses.flatMap((text) => cidrOf(text) ?? []))
  return { is: 'address', cidrs, except: [], inCluster: 'yes' }
}

function cidrOf(text: string): string | null {
  const address = parseSingle(text)
  return address && `${text}/${address.bits}`
}
