import type { Evidence } from '@/core/policy/suggest/recorded-flow'
import type { SuggestedPeer, SuggestedRule } from '@/core/policy/suggest/suggestion'
import type { SuggestScope } from '@/core/policy/what-if/ground-suggestions'
import { formatAgo, formatShort, formatDateTime } from '../format'

export const formatWords = {
  NetworkPolicy: 'NetworkPolicy',
  CiliumNetworkPolicy: 'Cilium',
  CalicoNetworkPolicy: 'Calico',
  IstioAuthorizationPolicy: 'Istio',
} as const

/** `shop/web (Deployment)` of `shop/web[Deployment]`. */
export const nameText = (name: string): string => name.replace(/\[(\w+)\]$/, ' ($1)')

/** Whom a rule names, in words. */
export function peerText(peer: SuggestedPeer): string {
  switch (peer.type) {
    case 'pods':
      return peer.workloads.map(nameText).join(', ') || `pods in ${peer.namespace}`
    case 'identity':
      return peer.workloads.map(nameText).join(', ') || `${peer.namespace}/${peer.serviceAccount}`
    case 'addresses':
      return `${peer.cidr}${peer.names.length > 0 ? ` (${peer.names.join(', ')})` : ''}`
    case 'names':
      return peer.names.join(', ')
    case 'entity':
      return peer.entity === 'nodes' ? 'nodes of the cluster' : 'the API server'
  }
}

/** What a peer also takes in; '' for nothing. */
export function widthText(peer: SuggestedPeer): string {
  if (peer.type === 'addresses' && peer.size > peer.seen)
    return `${formatShort(peer.size)} addresses, of which ${formatShort(peer.seen)} were seen`
  if ('alsoSelects' in peer && peer.alsoSelects.length > 0) return `also ${peer.alsoSelects.map(nameText).join(', ')}`
  return ''
}

export const portsText = ({ ports }: SuggestedRule): string =>
  ports.map(({ protocol, port }) => `${protocol} ${port}`).join(', ')

/** `1.2 k connections on 5 days, last 2 min ago`. */
export function evidenceText(evidence: Evidence | null, now: number): string {
  if (!evidence) return 'not seen'
  const { count, days, last } = evidence
  const on = days === 0 ? '' : days === 1 ? ' on one day' : ` on ${days} days`
  return `${formatShort(count)} ${count === 1 ? 'connection' : 'connections'}${on}, last ${formatAgo(last, now)}`
}

export const spanText = (evidence: Evidence | null): string =>
  evidence ? `first ${formatDateTime(evidence.first, 'min')}, last ${formatDateTime(evidence.last, 'min')}` : ''

export const scopeText = (scope: SuggestScope): string =>
  scope.type === 'workload'
    ? nameText(scope.workload)
    : scope.namespaces.length === 1
      ? `namespace ${scope.namespaces[0]}`
      : `${scope.namespaces.length} namespaces`
