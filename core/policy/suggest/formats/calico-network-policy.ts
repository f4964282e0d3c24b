import type { ModelObject } from '../../model'
import { type PortProtocol, portProtocols } from '../../ports'
import type { SuggestedPeer, SuggestedRule } from '../suggestion'
import type { SuggestionFormat } from './format'
import { namespaceNameLabel } from './network-policy'

export const calicoFormat: SuggestionFormat = {
  name: 'CalicoNetworkPolicy',
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  layer: 'network',
  directions: ['ingress', 'egress'],
  words: { pods: 'labels', names: false, nodes: 'addresses' },
  spec: ({ subject, ingress, egress }) => ({
    selector: selectorOf(subject.labels),
    types: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
    ...(ingress ? { ingress: ingress.flatMap((rule) => rulesOf(rule, 'source', subject.namespace)) } : {}),
    ...(egress ? { egress: egress.flatMap((rule) => rulesOf(rule, 'destination', subject.namespace)) } : {}),
  }),
}

/** Values of labels have no quotes. */
const selectorOf = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key} == '${value}'`)
    .join(' && ') || 'all()'

type Family = 4 | 6
type PeerText = { readonly fields: ModelObject }

/** A rule of Calico has one protocol, one selector of pods, and addresses of one family. */
function rulesOf({ peers, ports }: SuggestedRule, side: 'source' | 'destination', own: string): readonly ModelObject[] {
  return entitiesOf(peers, own).flatMap(({ fields }) =>
    portProtocols.flatMap((protocol) => {
      const numbers = portsOf(ports, protocol)
      if (numbers.length === 0) return []
      return [
        side === 'source'
          ? { action: 'Allow', protocol, source: fields, destination: { ports: numbers } }
          : { action: 'Allow', protocol, destination: { ...fields, ports: numbers } },
      ]
    }),
  )
}

function entitiesOf(peers: readonly SuggestedPeer[], own: string): readonly PeerText[] {
  const pods = peers.flatMap((peer): readonly PeerText[] => {
    if (peer.type !== 'pods') return []
    const selector = selectorOf(peer.labels)
    if (peer.namespace === own) return [{ fields: { selector } }]
    return [{ fields: { selector, namespaceSelector: `${namespaceNameLabel} == '${peer.namespace}'` } }]
  })
  const families: readonly Family[] = [4, 6]
  const nets = families.flatMap((family): readonly PeerText[] => {
    const cidrs = peers.flatMap((peer) =>
      peer.type === 'addresses' && (family === 6) === peer.cidr.includes(':') ? [peer.cidr] : [],
    )
    return cidrs.length > 0 ? [{ fields: { nets: cidrs } }] : []
  })
  return [...pods, ...nets]
}

const portsOf = (ports: SuggestedRule['ports'], wanted: PortProtocol): readonly number[] =>
  ports.flatMap(({ protocol, port }) => (protocol === wanted ? [port] : []))
