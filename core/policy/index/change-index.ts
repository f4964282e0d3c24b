import { addressParts, type AddressPart } from '../address-parts'
import type { CompiledPolicies } from '../compile'
import type { End } from '../decision'
import type { Direction } from '../normal-form'
import { endTable, type EndTable } from './end-table'
import { editIndex, type PolicyIndex, policyIndex } from './policy-index'

/** Two sets of policies over the same ends: the workloads of the second, the parts of the address space, and others. */
export type ChangeIndex = {
  readonly table: EndTable
  readonly before: PolicyIndex
  readonly after: PolicyIndex
  /** Parts of the address space that neither set tells apart; the first is the end behind the workloads. */
  readonly parts: readonly AddressPart[]
  /** Parts within one of `parts` that only the second set tells apart, where they have no numbers. */
  readonly finer: readonly AddressPart[]
  /** Numbers of the ends that were given. */
  readonly others: readonly number[]
  /** Whether what a workload lets pass in a direction is not the same. */
  readonly isChanged: (direction: Direction, i: number) => boolean
}

/**
 * An index of a change. Only workloads that a changed policy selects are read twice. Namespaces, nodes and accounts
 * may differ; workloads that only the first set has are left out.
 */
export function changeIndex(
  before: CompiledPolicies,
  after: CompiledPolicies,
  others: readonly End[] = [],
): ChangeIndex {
  const { workloads } = after.catalogue.model
  const parts = addressParts(before, after)
  const table = endTable(workloads, [...parts.map(({ end }) => end), ...others])
  const was = policyIndex(before, table)
  const is = sameSurroundings(before, after) ? editIndex(was, after) : policyIndex(after, table)
  return {
    table,
    before: was,
    after: is,
    parts,
    finer: [],
    others: others.map((_, k) => workloads.length + parts.length + k),
    isChanged: (direction, i) => i < workloads.length && was.row(direction, i) !== is.row(direction, i),
  }
}

/** What conditions look at besides workloads, which the table has; an edited index keeps what it found of them. */
function sameSurroundings({ catalogue: a }: CompiledPolicies, { catalogue: b }: CompiledPolicies): boolean {
  const names = ['namespaces', 'services', 'nodes', 'serviceAccounts'] as const
  return names.every((name) => a.model[name] === b.model[name])
}
