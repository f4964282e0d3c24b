import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseStagedPolicy } from './calico-policy'

/** What a NetworkPolicy of Calico would be, or that it would be gone. */
export const calicoStagedNetworkPolicy: readonly PolicyKind[] = inBothGroups({
  kind: 'StagedNetworkPolicy',
  plural: 'stagednetworkpolicies',
  namespaced: true,
  parse: (object) => parseStagedPolicy(object, 'StagedNetworkPolicy', 'NetworkPolicy', true),
})
