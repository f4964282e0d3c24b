import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseAddressed } from './calico-sets'

/** Address ranges of no namespace, which selectors match by the labels of the set. */
export const calicoGlobalNetworkSet: readonly PolicyKind[] = inBothGroups({
  kind: 'GlobalNetworkSet',
  plural: 'globalnetworksets',
  namespaced: false,
  onlyReferredTo: true,
  standsAlone: true,
  parse: (object) => parseAddressed(object, 'GlobalNetworkSet', 'nets'),
})
