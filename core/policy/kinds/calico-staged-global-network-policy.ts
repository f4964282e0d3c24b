import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseStagedPolicy } from './calico-policy'

/** What a GlobalNetworkPolicy would be, or that it would be gone. */
export const calicoStagedGlobalNetworkPolicy: readonly PolicyKind[] = inBothGroups({
  kind: 'StagedGlobalNetworkPolicy',
  plural: 'stagedglobalnetworkpolicies',
  namespaced: false,
  parse: (object) => parseStagedPolicy(object, 'StagedGlobalNetworkPolicy', 'GlobalNetworkPolicy', false),
})
