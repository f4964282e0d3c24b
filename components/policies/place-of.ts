import { placeRules } from '@/core/policy/policy-place'
import type { BoardTier } from '@/core/policy/pages/policies-page'
import type { ShownPolicy } from './shown-page'

/** The first tier that a policy is read in; null: none. */
export const tierOf = ({ places }: ShownPolicy, tiers: readonly BoardTier[]): string | null =>
  tiers.find(({ name }) => places.some(({ tier }) => tier === name))?.name ?? null

/** Its order there, as it is read: lower first; null: behind all that have one, or nowhere. */
export function orderIn({ places }: ShownPolicy, tier: string | null): number | null {
  const orders = places.filter((place) => place.tier === tier).map(({ order }) => order)
  const least = Math.min(...orders)
  return orders.length === 0 || least >= lastOrder ? null : least
}

/** The order as somebody wrote it; null where the kind has none, and for what is read last. */
export const writtenOrder = (row: ShownPolicy, tier: string | null): number | null =>
  placeRules(row.ref) === null ? null : orderIn(row, tier)

/** What Calico reads where an object says no order. */
const lastOrder = Number.MAX_VALUE

/** Compares policies as they are read: by tier, then by order in it; what is in no tier comes last. */
export function placeOrder(tiers: readonly BoardTier[]): (a: ShownPolicy, b: ShownPolicy) => number {
  const at = new Map(tiers.map(({ name }, i) => [name, i]))
  const tierAt = (row: ShownPolicy) => at.get(tierOf(row, tiers) ?? '') ?? tiers.length
  return (a, b) => {
    const byTier = tierAt(a) - tierAt(b)
    if (byTier !== 0) return byTier
    const tier = tierOf(a, tiers)
    const [x, y] = [orderIn(a, tier) ?? Infinity, orderIn(b, tier) ?? Infinity]
    return x === y ? 0 : x - y
  }
}
