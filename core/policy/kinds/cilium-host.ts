import type { ModelCatalogue } from '../catalogue'
import type { Block, Direction } from '../normal-form'
import { adminTier } from '../tiers'
import { nodesWith } from './cilium-nodes'
import type { Requirement } from './cilium-selector'
import type { Side } from './cilium-side'

/**
 * A policy of nodes judges at nodes, which are no ends here: what pods exchange with those nodes may be denied there.
 * It never judges what pods exchange with anybody else.
 */
export function hostBlocks(
  requirements: readonly Requirement[],
  sides: readonly Side[],
  catalogue: ModelCatalogue,
): readonly Block[] {
  return sides
    .filter(({ hasRules }) => hasRules)
    .map(({ direction, path }) => ({
      direction: otherSide(direction),
      tier: adminTier.name,
      order: -1,
      subject: { is: 'place', places: ['workload'] },
      isolates: false,
      rules: [
        {
          action: 'ask',
          path,
          peer: nodesWith(requirements, catalogue),
          ports: null,
          doubt: 'a policy of nodes judges this too, and what it does there is not told',
        },
      ],
    }))
}

/** What goes into a node comes out of the pod. */
const otherSide = (direction: Direction): Direction => (direction === 'ingress' ? 'egress' : 'ingress')
