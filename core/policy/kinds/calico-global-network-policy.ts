import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseCalicoPolicy } from './calico-policy'

/** Calico's GlobalNetworkPolicy: rules in order, for endpoints of any namespace and of hosts. */
export const calicoGlobalNetworkPolicy: readonly PolicyKind[] = inBothGroups({
  kind: 'GlobalNetworkPolicy',
  plural: 'globalnetworkpolicies',
  namespaced: false,
  parse: (object) => parseCalicoPolicy(object, 'GlobalNetworkPolicy', false),
})
