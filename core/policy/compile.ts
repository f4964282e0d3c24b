import { catalogueOf, type ModelCatalogue } from './catalogue'
import type { Model } from './model'
import { type Block, type Direction, type Layer, type Policy, type PolicyRef, refKey, type Tier } from './normal-form'
import { type Habits, habitsOf, type Options } from './profile'
import { shownKind } from './policy-name'
import { impliedPolicies, readPolicy, type UnreadObject } from './read-policy'
import { builtInTiers } from './tiers'

/** Policies of a model, put in the order that they are read in. */
export type CompiledPolicies = {
  readonly catalogue: ModelCatalogue
  readonly options: Options
  readonly habits: Habits
  readonly policies: readonly Policy[]
  readonly tiers: Readonly<Record<Layer, readonly CompiledTier[]>>
  readonly unread: readonly UnreadObject[]
}

export type CompiledTier = { readonly tier: Tier } & Readonly<Record<Direction, readonly PlacedBlock[]>>
/** A block with the object that it is of; among equal orders `key` decides, so that the order in which objects came does not. */
export type PlacedBlock = { readonly ref: PolicyRef; readonly block: Block; readonly key: string }
/** O(objects), plus what kinds look up. */
export function compilePolicies(model: Model, options: Options): CompiledPolicies {
  const catalogue = catalogueOf(model)
  const read = model.objects.map((object) => readPolicy(object, catalogue))
  const policies = [...read.flatMap(({ policy }) => policy ?? []), ...impliedPolicies(catalogue)]
  return {
    ...arrangePolicies(policies, options),
    catalogue,
    unread: read.flatMap(({ unread }) => unread ?? []),
  }
}

/** Puts policies in the order that they are read in; the same set gives the same order. */
export function arrangePolicies(policies: readonly Policy[], options: Options) {
  const inForce = policiesInForce(policies, options)
  const defined = new Map(builtInTiers.map((tier) => [tier.name, tier]))
  for (const tier of inForce.flatMap((policy) => policy.tiers)) defined.set(tier.name, tier)
  const placed = inForce
    .flatMap((policy) => placedBlocks(policy))
    .sort((a, b) => a.block.order - b.block.order || (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
  const byTier = new Map<string, PlacedBlock[]>()
  for (const one of placed) {
    const key = `${one.block.direction}/${one.block.tier}`
    const same = byTier.get(key)
    if (same) same.push(one)
    else byTier.set(key, [one])
  }
  const ofTier = (name: string, direction: Direction) => byTier.get(`${direction}/${name}`) ?? []
  const sorted = [...defined.values()].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1))
  const ofLayer = (layer: Layer): readonly CompiledTier[] =>
    sorted
      .filter((tier) => tier.layer === layer)
      .map((tier) => ({ tier, ingress: ofTier(tier.name, 'ingress'), egress: ofTier(tier.name, 'egress') }))
  return {
    options,
    habits: habitsOf[options.profile],
    policies: inForce,
    tiers: { network: ofLayer('network'), mesh: ofLayer('mesh') },
  }
}

/** Staged policies count only when asked for, and then stand in for what they replace. */
function policiesInForce(policies: readonly Policy[], { staged }: Options): readonly Policy[] {
  if (staged === 'left-out') return policies.filter(({ mode }) => mode === 'enforced')
  const replaced = new Set(policies.flatMap(({ replaces }) => (replaces ? [refKey(replaces)] : [])))
  return policies.filter(({ mode, ref }) => mode === 'staged' || !replaced.has(refKey(ref)))
}

const placedOf = new WeakMap<Policy, readonly PlacedBlock[]>()

function placedBlocks(policy: Policy): readonly PlacedBlock[] {
  const known = placedOf.get(policy)
  if (known) return known
  const { name, namespace, group } = policy.ref
  const key = `${name}/${namespace ?? ''}/${shownKind(policy.ref)}/${group}`
  const made = policy.blocks.map((block) => ({ ref: policy.ref, block, key }))
  placedOf.set(policy, made)
  return made
}
