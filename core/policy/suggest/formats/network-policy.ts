import type { ModelObject } from '../../model'
import type { SuggestedPeer, SuggestedRule } from '../suggestion'
import type { SuggestionFormat } from './format'

export const networkPolicyFormat: SuggestionFormat = {
  name: 'NetworkPolicy',
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  layer: 'network',
  directions: ['ingress', 'egress'],
  words: { pods: 'labels', names: false, nodes: 'addresses' },
  spec: ({ subject, ingress, egress }) => {
    const ruleOf =
      (side: 'from' | 'to') =>
      ({ peers, ports }: SuggestedRule): ModelObject => ({
        [side]: peers.flatMap((peer) => peerOf(peer, subject.namespace)),
        ports: ports.map(({ protocol, port }) => ({ protocol, port })),
      })
    return {
      podSelector: selectorOf(subject.labels),
      policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
      ...(ingress && ingress.length > 0 ? { ingress: ingress.map(ruleOf('from')) } : {}),
      ...(egress && egress.length > 0 ? { egress: egress.map(ruleOf('to')) } : {}),
    }
  },
}

/** Carried by every namespace, as the API server sees to. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name'

const selectorOf = (labels: Readonly<Record<string, string>>): ModelObject =>
  Object.keys(labels).length === 0 ? {} : { matchLabels: labels }

function peerOf(peer: SuggestedPeer, own: string): readonly ModelObject[] {
  if (peer.type === 'addresses') return [{ ipBlock: { cidr: peer.cidr } }]
  if (peer.type !== 'pods') return []
  const podSelector = selectorOf(peer.labels)
  if (peer.namespace === own) return [{ podSelector }]
  return [{ namespaceSelector: { matchLabels: { [namespaceNameLabel]: peer.namespace } }, podSelector }]
}
