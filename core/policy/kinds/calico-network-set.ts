import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseAddressed } from './calico-sets'

/** Address ranges of a namespace, which selectors match by the labels of the set. */
export const calicoNetworkSet: readonly PolicyKind[] = inBothGroups({
  kind: 'NetworkSet',
  plural: 'networksets',
  namespaced: true,
  onlyReferredTo: true,
  standsAlone: true,
  parse: (object) => parseAddressed(object, 'NetworkSet', 'nets'),
})
