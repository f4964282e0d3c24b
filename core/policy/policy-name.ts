import type { PolicyRef } from './normal-form'

export const calicoGroup = 'projectcalico.org'

/** What people call a kind: the NetworkPolicy of Calico is told from the one of Kubernetes, as its own flows do. */
export const shownKind = ({ group, kind }: Pick<PolicyRef, 'group' | 'kind'>): string =>
  group === calicoGroup && kind === 'NetworkPolicy' ? 'CalicoNetworkPolicy' : kind

/** An object as sentences name it: `NetworkPolicy shop/web`. */
export const policyName = ({ namespace, name, ...of }: PolicyRef): string =>
  `${shownKind(of)} ${namespace === null ? '' : `${namespace}/`}${name}`
