import type { ModelCatalogue } from '../catalogue'
import { anything, type EndMatch } from '../end-match'
import { type LabelMatch, labelsMatch } from '../label-match'
import type { Block, Direction } from '../normal-form'
import { adminTier } from '../tiers'
import { addressedObjects } from './calico-sets'

const nodes: EndMatch = { is: 'place', places: ['own-node', 'other-node'] }

/**
 * A global policy also judges at the host endpoints that it selects, which are no ends here: what pods exchange with
 * nodes, and with `applyOnForward` what nodes forward, may be denied there.
 */
export function hostBlocks(
  subject: LabelMatch,
  types: readonly Direction[],
  forward: boolean,
  catalogue: ModelCatalogue,
): readonly Block[] {
  const selects = addressedObjects(catalogue).some(
    ({ kind, labels }) => kind === 'HostEndpoint' && labelsMatch(subject, labels),
  )
  if (!selects) return []
  const sides: readonly Direction[] = forward ? ['ingress', 'egress'] : types.map(otherSide)
  return sides.map((direction) => ({
    direction,
    tier: adminTier.name,
    order: -1,
    subject: { is: 'place', places: ['workload'] },
    isolates: false,
    rules: [
      {
        action: 'ask',
        path: 'spec.selector',
        peer: forward ? anything : nodes,
        ports: null,
        doubt: 'the policy also selects host endpoints, and what it does there is not told',
      },
    ],
  }))
}

/** What goes into a host comes out of the pod. */
const otherSide = (direction: Direction): Direction => (direction === 'ingress' ? 'egress' : 'ingress')
