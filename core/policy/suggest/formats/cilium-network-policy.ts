import type { ModelObject } from '../../model'
import type { SuggestedPeer, SuggestedRule } from '../suggestion'
import type { SuggestionFormat } from './format'

export const ciliumFormat: SuggestionFormat = {
  name: 'CiliumNetworkPolicy',
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  layer: 'network',
  directions: ['ingress', 'egress'],
  words: { pods: 'labels', names: true, nodes: 'entity' },
  spec: ({ subject, ingress, egress }) => {
    const looksUp = (egress ?? []).some(({ peers }) => peers.some(({ type }) => type === 'names'))
    const rulesOf = (rules: readonly SuggestedRule[], way: 'from' | 'to') => {
      const all = rules.flatMap((rule) => rulesOfKinds(rule, way, subject.namespace, looksUp))
      // An empty rule isolates and lets nobody in; an empty list says nothing.
      return all.length > 0 ? all : [{}]
    }
    return {
      endpointSelector: Object.keys(subject.labels).length === 0 ? {} : { matchLabels: subject.labels },
      ...(ingress ? { ingress: rulesOf(ingress, 'from') } : {}),
      ...(egress ? { egress: rulesOf(egress, 'to') } : {}),
    }
  },
}

/** As many as Cilium takes in one list. */
const mostPorts = 40

const chunksOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

/** Cilium refuses two kinds of peers in one rule. */
function rulesOfKinds(
  { peers, ports, purpose }: SuggestedRule,
  way: 'from' | 'to',
  own: string,
  looksUp: boolean,
): readonly ModelObject[] {
  const fields: readonly (readonly [string, readonly unknown[]])[] = [
    [`${way}Endpoints`, peers.flatMap((peer) => endpointOf(peer, own))],
    [`${way}CIDR`, peers.flatMap((peer) => (peer.type === 'addresses' ? [peer.cidr] : []))],
    [`${way}Entities`, peers.flatMap(entitiesOf)],
    [
      `${way}FQDNs`,
      peers.flatMap((peer) => (peer.type === 'names' ? peer.names.map((matchName) => ({ matchName })) : [])),
    ],
  ]
  const items = ports.map(({ protocol, port }) => ({ port: String(port), protocol }))
  // Names are known to Cilium only if it sees them looked up.
  const looked = purpose === 'dns' && looksUp ? { rules: { dns: [{ matchPattern: '*' }] } } : {}
  const toPorts = chunksOf(items, mostPorts).map((some) => ({ ports: some, ...looked }))
  return fields.filter(([, items]) => items.length > 0).map(([name, items]) => ({ [name]: items, toPorts }))
}

function endpointOf(peer: SuggestedPeer, own: string): readonly ModelObject[] {
  if (peer.type !== 'pods') return []
  const space = peer.namespace === own ? {} : { 'k8s:io.kubernetes.pod.namespace': peer.namespace }
  const labels = { ...space, ...peer.labels }
  return [Object.keys(labels).length === 0 ? {} : { matchLabels: labels }]
}

function entitiesOf(peer: SuggestedPeer): readonly string[] {
  if (peer.type !== 'entity') return []
  return peer.entity === 'nodes' ? ['host', 'remote-node'] : [peer.entity]
}
