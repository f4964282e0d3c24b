import type { BoardTier } from '@/core/policy/pages/policies-page'
import { calicoGroup } from '@/core/policy/policy-name'
import { orderBetween, placeRules } from '@/core/policy/policy-place'
import { orderIn } from './place-of'
import type { ShownPage, ShownPolicy } from './shown-page'

/** A policy in a tier; `order` as it is read there, null: behind all that have one. */
export type Card = { readonly row: ShownPolicy; readonly order: number | null }
export type BoardColumn = { readonly tier: BoardTier; readonly cards: readonly Card[] }

/** Tiers as columns in the order that they are read; in each the policies as they are read there. */
export function boardColumns(
  { tiers }: Pick<ShownPage, 'tiers'>,
  rows: readonly ShownPolicy[],
): readonly BoardColumn[] {
  return tiers.map((tier) => ({
    tier,
    cards: rows
      .filter(({ places }) => places.some((place) => place.tier === tier.name))
      .map((row): Card => ({ row, order: orderIn(row, tier.name) }))
      .sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity) || (a.row.key < b.row.key ? -1 : 1)),
  }))
}

/** Where a card is put: a tier, and the number of the card there that it comes before. */
export type Spot = { readonly tier: string; readonly before: number }

/** The edit that puts a policy there. `tier`: as its spec names it; undefined: it stays in its tier. */
export type Move = { readonly order: number; readonly tier?: string }

/** Whether the kind of a policy has a place that can be chosen. */
export const isMovable = ({ ref, unreadable }: ShownPolicy): boolean => unreadable === null && placeRules(ref) !== null

/** The tiers that a policy may be moved to besides its own. */
export const tiersFor = (row: ShownPolicy, columns: readonly BoardColumn[]): readonly BoardTier[] =>
  columns.map(({ tier }) => tier).filter(({ name }) => !isIn(row, name) && specTier(row, name) !== null)

const isIn = ({ places }: ShownPolicy, tier: string) => places.some((place) => place.tier === tier)

/** How the spec of a policy names a tier; null where it cannot be in it. */
function specTier({ ref }: ShownPolicy, tier: string): string | null {
  const rules = placeRules(ref)
  if (!rules || rules.tiers === null) return null
  if (rules.tiers !== 'any') return rules.tiers.find((name) => adminTiers[name] === tier) ?? null
  const isNetwork = !tier.startsWith('istio') && !tier.startsWith('linkerd')
  return ref.group.endsWith(calicoGroup) && isNetwork ? tier.replace(/^calico\//, '') : null
}

const adminTiers: Readonly<Record<string, string>> = { Admin: 'kube-admin', Baseline: 'kube-baseline' }

/**
 * The edit that brings a policy to a spot, or a sentence that says why none does; null where it is there already.
 * Cards of one order are read by name, so nothing can be put between them.
 */
export function moveTo(row: ShownPolicy, spot: Spot, columns: readonly BoardColumn[]): Move | string | null {
  const column = columns.find(({ tier }) => tier.name === spot.tier)
  const rules = placeRules(row.ref)
  if (!column || !rules) return 'This kind of policy has no order.'
  const stays = isIn(row, spot.tier)
  const tier = stays ? undefined : specTier(row, spot.tier)
  if (tier === null) return `A ${row.ref.kind} cannot be in ${column.tier.title}.`
  const own = column.cards.findIndex((card) => card.row.key === row.key)
  if (stays && (spot.before === own || spot.before === own + 1)) return null
  const others = column.cards.filter((card) => card.row.key !== row.key)
  const at = own >= 0 && own < spot.before ? spot.before - 1 : spot.before
  const [before, after] = [others[at - 1], others[at]]
  if (before && before.order === null) return `${before.row.ref.name} has no order and is read last; give it one first.`
  const order = orderBetween(before?.order ?? null, after?.order ?? null, rules)
  if (order === null)
    return `No ${rules.field} is free ${[before && `after ${before.order}`, after && `before ${after.order}`].filter(Boolean).join(' and ')}.`
  return tier === undefined ? { order } : { order, tier }
}
