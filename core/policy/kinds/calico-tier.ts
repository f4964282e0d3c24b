import type { ModelCatalogue } from '../catalogue'
import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { Tier } from '../normal-form'
import { field, isAbsent, numberAt, readerOf, refOf, refuse, wordAt } from '../read'
import { checkHead } from '../read-head'
import { adminTier, baselineTier, builtInTiers, defaultTier } from '../tiers'
import { inBothGroups, isCalico } from './calico-group'

/** Calico's Tier: its policies are read by order, and what none of them decides meets its default action. */
export const calicoTier: readonly PolicyKind[] = inBothGroups({
  kind: 'Tier',
  plural: 'tiers',
  namespaced: false,
  onlyReferredTo: true,
  standsAlone: true,
  parse,
})

/** Where an object has no order: behind all that have one. */
export const lastOrder = Number.MAX_VALUE

/** Tiers that Calico brings along; until 3.31 those of the administrators had other names. */
const systemTiers: Readonly<Record<string, Tier>> = {
  default: defaultTier,
  'kube-admin': adminTier,
  'kube-baseline': baselineTier,
  adminnetworkpolicy: adminTier,
  baselineadminnetworkpolicy: baselineTier,
}

const nameOfTier = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'Tier', false)
  const nameAt = field(field(at, 'metadata'), 'name')
  if (ref.name !== '' && !nameOfTier.test(ref.name)) refuse(nameAt, 'must be a name without dots, up to 63 characters')
  const spec = field(at, 'spec')
  const order = numberAt(field(spec, 'order'))
  const action = wordAt(field(spec, 'defaultAction'), ['Deny', 'Pass'])
  const system = Object.hasOwn(systemTiers, ref.name) ? systemTiers[ref.name] : undefined
  if (system && order !== system.order) refuse(field(spec, 'order'), `must be ${system.order}`)
  const end = action === 'Pass' ? 'next' : 'deny'
  if (system && !isAbsent(field(spec, 'defaultAction')) && end !== system.end)
    refuse(field(spec, 'defaultAction'), `must be ${system.end === 'next' ? 'Pass' : 'Deny'}`)
  if (at.problems.length > 0) return { problems: at.problems }
  const tier: Tier = {
    name: innerName(ref.name),
    title: `the tier ${ref.name}`,
    layer: 'network',
    order: order ?? lastOrder,
    end,
    ties: 'by-name',
  }
  return { meaning: () => ({ ref, mode: 'enforced', replaces: null, blocks: [], tiers: system ? [] : [tier] }) }
}

/** Tiers of meshes have names too, and none of them has a slash. */
const innerName = (name: string): string => (builtInTiers.some((tier) => tier.name === name) ? `calico/${name}` : name)

const known = new WeakMap<ModelCatalogue, ReadonlySet<string>>()

/** The tier of this name in the normal form; null where the cluster has none that can be read. */
export function tierNamed(name: string, catalogue: ModelCatalogue): string | null {
  const system = Object.hasOwn(systemTiers, name) ? systemTiers[name] : undefined
  if (system) return system.name
  const names = known.get(catalogue) ?? readTiers(catalogue)
  known.set(catalogue, names)
  return names.has(name) ? innerName(name) : null
}

const readTiers = (catalogue: ModelCatalogue): ReadonlySet<string> =>
  new Set(
    catalogue
      .objects('Tier')
      .filter((object) => isCalico(object) && 'meaning' in parse(object))
      .map((object) => refOf(object, 'Tier', false).name),
  )
