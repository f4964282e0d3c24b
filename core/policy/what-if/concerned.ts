import type { CompiledPolicies } from '../compile'
import type { ChangeIndex } from '../index/change-index'
import { subjectsOf } from '../index/policy-index'
import type { Block, Direction } from '../normal-form'

/** Whom a draft is about. */
export type Concerned = {
  /** Whether a block that the draft writes or takes away selects this workload, or what it lets pass is not the same. */
  readonly concerns: (direction: Direction, i: number) => boolean
  /** Directions in which ends that are not known may be concerned too, since a changed object is of no namespace. */
  readonly anybody: ReadonlySet<Direction>
}

/** O(blocks + changed blocks × workloads). */
export function concernedBy(change: ChangeIndex): Concerned {
  const { before, after, table, isChanged } = change
  const touched: Record<Direction, Set<number>> = { ingress: new Set(), egress: new Set() }
  const anybody = new Set<Direction>()
  const [was, is] = [blocksOf(before.compiled), blocksOf(after.compiled)]
  const differing = [...[...was].filter(([block]) => !is.has(block)), ...[...is].filter(([block]) => !was.has(block))]
  for (const [block, namespace] of differing) {
    if (namespace === null) anybody.add(block.direction)
    for (const { i } of subjectsOf(block, table, after.find)) touched[block.direction].add(i)
  }
  return { concerns: (direction, i) => touched[direction].has(i) || isChanged(direction, i), anybody }
}

/** With the namespace of their object. */
function blocksOf({ tiers }: CompiledPolicies): ReadonlyMap<Block, string | null> {
  const placed = [...tiers.network, ...tiers.mesh].flatMap(({ ingress, egress }) => [...ingress, ...egress])
  return new Map(placed.map(({ block, ref }) => [block, ref.namespace]))
}
