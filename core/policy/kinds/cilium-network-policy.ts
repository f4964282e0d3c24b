import type { PolicyKind } from '../kind'
import { parseCiliumPolicy } from './cilium-policy'

/** cilium.io/v2 CiliumNetworkPolicy: allows and denials for pods of its namespace. */
export const ciliumNetworkPolicy: PolicyKind = {
  group: 'cilium.io',
  kind: 'CiliumNetworkPolicy',
  plural: 'ciliumnetworkpolicies',
  versions: ['v2'],
  namespaced: true,
  parse: (object) => parseCiliumPolicy(object, 'CiliumNetworkPolicy', true),
}
