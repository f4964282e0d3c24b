import type { PolicyKind } from '../kind'
import { parseCiliumPolicy } from './cilium-policy'

/** cilium.io/v2 CiliumClusterwideNetworkPolicy: the same for pods of every namespace, or for nodes. */
export const ciliumClusterwideNetworkPolicy: PolicyKind = {
  group: 'cilium.io',
  kind: 'CiliumClusterwideNetworkPolicy',
  plural: 'ciliumclusterwidenetworkpolicies',
  versions: ['v2'],
  namespaced: false,
  parse: (object) => parseCiliumPolicy(object, 'CiliumClusterwideNetworkPolicy', false),
}
