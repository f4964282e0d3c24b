import type { Peer } from '@/core/policy/edit/visual'
import { chooseLabels } from '@/core/policy/suggest/choose-labels'
import type { Model, Workload } from '@/core/policy/model'

export type PeerKind = Exclude<Peer['is'], 'other'>

/** Kinds of other ends, as people choose among them. */
export const peerKindWords: Readonly<Record<PeerKind, string>> = {
  pods: 'Workloads',
  range: 'Addresses',
  entity: 'Entity',
  domain: 'DNS names',
  account: 'Service account',
  principal: 'Identity',
  namespaces: 'Namespaces',
  nodes: 'Nodes',
  'network-set': 'Set of ranges',
  service: 'Service',
}

/** Words of Cilium. */
export const entities = [
  'world',
  'cluster',
  'host',
  'remote-node',
  'kube-apiserver',
  'ingress',
  'health',
  'init',
  'unmanaged',
  'all',
] as const

/** An end of a kind with nothing chosen yet. */
export function blankPeer(is: PeerKind, own: string | null): Peer {
  switch (is) {
    case 'pods':
      return { is, namespaces: { pick: own === null ? 'all' : 'own' }, pods: { terms: [] } }
    case 'range':
      return { is, cidrs: [], except: [] }
    case 'entity':
      return { is, name: 'world' }
    case 'domain':
    case 'namespaces':
      return { is, names: [] }
    case 'account':
      return { is, accounts: [] }
    case 'principal':
      return { is, principals: [] }
    case 'nodes':
      return { is, labels: { terms: [] } }
    case 'network-set':
      return { is, name: '' }
    case 'service':
      return { is, namespace: own ?? '', name: '' }
  }
}

/** What names this workload in a policy, the narrowest way that the kind has; null: it has none. */
export function peerOfWorkload(
  workload: Workload,
  kinds: readonly Peer['is'][],
  own: string | null,
  model: Model,
): Peer | null {
  const { namespace, serviceAccount } = workload
  if (kinds.includes('pods')) {
    const { labels } = chooseLabels(
      workload,
      model.workloads.filter((one) => one.namespace === namespace),
    )
    return {
      is: 'pods',
      namespaces: namespace === own ? { pick: 'own' } : { pick: 'named', names: [namespace] },
      pods: { terms: Object.entries(labels).map(([key, value]) => ({ key, op: 'in', values: [value] })) },
    }
  }
  if (kinds.includes('account')) return { is: 'account', accounts: [{ namespace, name: serviceAccount }] }
  if (kinds.includes('principal'))
    return { is: 'principal', principals: [`cluster.local/ns/${namespace}/sa/${serviceAccount}`] }
  return kinds.includes('namespaces') ? { is: 'namespaces', names: [namespace] } : null
}

/** The same of a whole namespace. */
export function peerOfNamespace(name: string, kinds: readonly Peer['is'][], own: string | null): Peer | null {
  if (kinds.includes('pods'))
    return {
      is: 'pods',
      namespaces: name === own ? { pick: 'own' } : { pick: 'named', names: [name] },
      pods: { terms: [] },
    }
  return kinds.includes('namespaces') ? { is: 'namespaces', names: [name] } : null
}
