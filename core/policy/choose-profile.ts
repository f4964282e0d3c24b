import type { Profile } from './profile'

/** An object that may tell which network a cluster has. */
export type TellingObject = {
  /** As the inventory calls it: `DaemonSet`, `CiliumNode`, `GlobalNetworkPolicy.projectcalico.org`. */
  readonly kind: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/**
 * Whose network judges a cluster's policies: by the agents that run on its nodes, else by objects that only its own
 * network reads. Where both are there the agents say which; Calico for policies alone beside another network counts.
 */
export function chooseProfile(objects: Iterable<TellingObject>): Profile {
  const seen = { ciliumAgent: false, calicoAgent: false, ciliumObject: false, calicoObject: false }
  for (const { kind, name, labels } of objects) {
    if (kind === 'DaemonSet' || kind === 'Pod') {
      seen.ciliumAgent ||= isAgent(name, labels, 'cilium')
      seen.calicoAgent ||= isAgent(name, labels, 'calico-node')
    }
    seen.ciliumObject ||= kind === 'CiliumNode' || kind === 'CiliumConfig' || kind.endsWith('.cilium.io')
    seen.calicoObject ||= kind === 'FelixConfiguration' || kind.endsWith('projectcalico.org')
  }
  if (seen.calicoAgent !== seen.ciliumAgent) return seen.ciliumAgent ? 'cilium' : 'calico'
  if (seen.calicoAgent) return 'generic'
  if (seen.calicoObject !== seen.ciliumObject) return seen.ciliumObject ? 'cilium' : 'calico'
  return 'generic'
}

const isAgent = (name: string, labels: TellingObject['labels'], agent: string): boolean =>
  name === agent || labels['k8s-app'] === agent
