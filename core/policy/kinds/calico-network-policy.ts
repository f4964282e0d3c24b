import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseCalicoPolicy } from './calico-policy'

/** Calico's NetworkPolicy: rules in order, for endpoints of its namespace. */
export const calicoNetworkPolicy: readonly PolicyKind[] = inBothGroups({
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  namespaced: true,
  parse: (object) => parseCalicoPolicy(object, 'NetworkPolicy', true),
})
