import type { PolicyRef } from './normal-form'
import { calicoGroup } from './policy-name'

/** How a kind says its place among policies; `least` and `most` bound its order, which is whole where `whole`. */
export type PlaceRules = {
  /** The field of its spec. */
  readonly field: 'order' | 'priority'
  /** The tiers that it may name, as its spec writes them; `any`: those of the cluster; null: it is always in one. */
  readonly tiers: readonly string[] | 'any' | null
  readonly whole: boolean
  readonly least: number
  readonly most: number
}

const priority = { field: 'priority', whole: true, least: 0, most: 1_000 } as const
const calicoOrder: PlaceRules = { field: 'order', tiers: 'any', whole: false, least: -1e9, most: 1e9 }
const calicoKinds = ['NetworkPolicy', 'GlobalNetworkPolicy', 'StagedNetworkPolicy', 'StagedGlobalNetworkPolicy']

/** How objects of a kind say their place; null where a kind has none. */
export function placeRules({ group, kind }: Pick<PolicyRef, 'group' | 'kind'>): PlaceRules | null {
  if (group.endsWith(calicoGroup)) return calicoKinds.includes(kind) ? calicoOrder : null
  if (kind === 'ClusterNetworkPolicy') return { ...priority, tiers: ['Admin', 'Baseline'] }
  return kind === 'AdminNetworkPolicy' ? { ...priority, tiers: null } : null
}

/** Between neighbours that have none. */
const step = 100

/**
 * An order between two neighbours (null: there is none on that side), whole where that is possible; null where
 * nothing is between them.
 */
export function orderBetween(before: number | null, after: number | null, rules: PlaceRules): number | null {
  const front = after === null ? 0 : after > 0 ? Math.max(0, after - 2 * step) : after - 2 * step
  const low = before ?? Math.max(rules.least, front)
  const high = after ?? Math.min(rules.most, (before ?? 0) + 2 * step)
  const open = (value: number) =>
    (before === null ? value >= rules.least : value > before) && (after === null ? value <= rules.most : value < after)
  const middle = (low + high) / 2
  const found = [Math.floor(middle), Math.ceil(middle), ...(rules.whole ? [] : [middle])].find(open)
  return found ?? null
}
