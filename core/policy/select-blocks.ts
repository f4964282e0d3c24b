import { blocksOfNamespace } from './blocks-of-namespace'
import type { CompiledPolicies, PlacedBlock } from './compile'
import type { End } from './decision'
import { endMatches } from './match-end'
import type { Sight } from './sight'
import type { Workload } from './model'
import type { Direction, Layer, Tier } from './normal-form'
import { maybe, no, type Tri, yes } from './tri'

/** What a tier holds for one workload: the blocks that select it, surely or maybe. */
export type SelectedTier = { readonly tier: Tier; readonly blocks: readonly SelectedBlock[] }
export type SelectedBlock = Pick<PlacedBlock, 'ref' | 'block'> & {
  readonly selects: Tri
  readonly doubts: readonly string[]
}

/** Tiers with a block that may select the workload, in order. */
export function selectTiers(
  { tiers }: CompiledPolicies,
  layer: Layer,
  direction: Direction,
  sight: Omit<Sight, 'doubt'>,
): readonly SelectedTier[] {
  const end: End = { type: 'workload', workload: sight.subject }
  return tiers[layer].flatMap((one) => {
    const own = blocksOfNamespace(one[direction], sight.subject.namespace)
    const blocks = own.flatMap((placed) => selectedBlock(placed, end, sight) ?? [])
    const counting = dropFurther(blocks)
    return counting.length === 0 ? [] : [{ tier: one.tier, blocks: counting }]
  })
}

function selectedBlock(placed: PlacedBlock, end: End, sight: Omit<Sight, 'doubt'>): SelectedBlock | null {
  const doubts: string[] = []
  const selects = endMatches(placed.block.subject, end, { ...sight, doubt: (reason) => doubts.push(reason) })
  return selects === no ? null : { ...placed, selects, doubts }
}

/** Of blocks with the same `alone` the first counts; behind one that only may select, the next may count. */
export function dropFurther<B extends { readonly selects: Tri } & Pick<PlacedBlock, 'block'>>(
  blocks: readonly B[],
): readonly B[] {
  const before = new Map<string, Tri>()
  return blocks.flatMap((one) => {
    const { alone } = one.block
    if (alone === undefined) return [one]
    const earlier = before.get(alone) ?? no
    if (earlier === yes) return []
    before.set(alone, one.selects > earlier ? one.selects : earlier)
    return earlier === maybe && one.selects === yes ? [{ ...one, selects: maybe }] : [one]
  })
}

/** The workload as its policies see it. */
export function sightOf(
  { catalogue, habits, options }: CompiledPolicies,
  subject: Workload,
  mtls?: boolean,
): Omit<Sight, 'doubt'> {
  return {
    habits,
    trustDomain: options.trustDomain,
    namespace: catalogue.namespace,
    serviceAccount: catalogue.serviceAccount,
    apiServer: catalogue.apiServer,
    subject,
    ...(mtls === undefined ? {} : { mtls }),
  }
}
