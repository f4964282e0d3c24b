import type { PolicyKind } from '../kind'
import { inBothGroups } from './calico-group'
import { parseAddressed } from './calico-sets'

/** An interface of a node that selectors match; what policies do there is not judged. */
export const calicoHostEndpoint: readonly PolicyKind[] = inBothGroups({
  kind: 'HostEndpoint',
  plural: 'hostendpoints',
  namespaced: false,
  onlyReferredTo: true,
  standsAlone: true,
  parse: (object) => parseAddressed(object, 'HostEndpoint', 'expectedIPs'),
})
