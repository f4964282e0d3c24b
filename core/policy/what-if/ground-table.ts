import { type AddressPart, addressParts, rangeText } from '../address-parts'
import type { CompiledPolicies } from '../compile'
import type { End } from '../decision'
import { type Essentials, essentialsOf } from '../essentials'
import type { PolicyGround } from '../ground'
import type { ChangeIndex } from '../index/change-index'
import { endTable, type EndTable } from '../index/end-table'
import { editIndex, type PolicyIndex, policyIndex } from '../index/policy-index'
import type { EndNumbers } from '../lock-out'
import { endOfGround } from './ground-end'

/** Every end that questions about a ground are asked of, numbered: workloads, address ranges, and the others. */
type GroundTable = {
  readonly parts: readonly AddressPart[]
  readonly table: EndTable
  readonly before: PolicyIndex
  readonly ends: EndNumbers
  /** Numbers of the ends of each edge; null: not known. */
  readonly edges: readonly NumberedEdge[]
}
export type NumberedEdge = { readonly from: number | null; readonly to: number | null }

/** A draft on a ground, ready to be asked. */
export type GroundChange = Pick<GroundTable, 'ends' | 'edges'> & { readonly change: ChangeIndex }

/** What an index finds of its drafts is kept with it; so many drafts share one. */
const mostDrafts = 256

/**
 * Indexes of drafts on one ground. What a draft leaves alone is read once. The table is that of the ground: addresses
 * that only a draft tells apart are `finer` parts of it.
 */
export function groundIndexer(ground: PolicyGround, before: CompiledPolicies) {
  const essentials = essentialsOf(before.catalogue)
  const others = otherEnds(ground, essentials)
  let made: GroundTable | null = null
  let drafts = 0
  const change = (after: CompiledPolicies): GroundChange => {
    if (++drafts % mostDrafts === 0) made = null
    made ??= makeTable(ground, before, others)
    const { parts, table, before: was, ends, edges } = made
    const is = after === before ? was : editIndex(was, after)
    const isChanged: ChangeIndex['isChanged'] = (direction, i) =>
      i < table.workloads.length && was.row(direction, i) !== is.row(direction, i)
    const finer = after === before ? [] : finerParts(parts, addressParts(before, after))
    return { change: { table, before: was, after: is, parts, finer, others: [], isChanged }, ends, edges }
  }
  return { essentials, change }
}

function finerParts(parts: readonly AddressPart[], all: readonly AddressPart[]): readonly AddressPart[] {
  const known = new Set(parts.map(({ range }) => rangeText(range)))
  return all.length === parts.length ? [] : all.filter(({ range }) => !known.has(rangeText(range)))
}

function makeTable(
  ground: PolicyGround,
  before: CompiledPolicies,
  { all, apiServer, nodes, edges }: OtherEnds,
): GroundTable {
  const { workloads } = ground.model
  const parts = addressParts(before)
  const table = endTable(workloads, [...parts.map(({ end }) => end), ...all])
  const first = workloads.length + parts.length
  const shift = (i: number | null) => (i === null || i < workloads.length ? i : i - workloads.length + first)
  return {
    parts,
    table,
    before: policyIndex(before, table),
    ends: { apiServer: apiServer.map((i) => first + i), nodes: nodes.map((i) => first + i) },
    edges: edges.map(({ from, to }) => ({ from: shift(from), to: shift(to) })),
  }
}

/** Numbers of `apiServer` and `nodes` are those in `all`; of `edges` as if `all` came right behind the workloads. */
type OtherEnds = {
  readonly all: readonly End[]
  readonly apiServer: readonly number[]
  readonly nodes: readonly number[]
  readonly edges: readonly NumberedEdge[]
}

function otherEnds(ground: PolicyGround, { apiServer }: Essentials): OtherEnds {
  const all: End[] = []
  const known = new Map<string, number>()
  const numberOf = (end: End): number => {
    const key = JSON.stringify(end)
    const number = known.get(key) ?? all.push(end) - 1
    known.set(key, number)
    return number
  }
  const { workloads, nodes } = ground.model
  const groundEnd = (end: PolicyGround['edges'][number]['from']): number | null => {
    if (end.type === 'workload') return end.workload < workloads.length ? end.workload : null
    const found = endOfGround(ground, end)
    return found && workloads.length + numberOf(found)
  }
  return {
    all,
    apiServer: (apiServer?.ends ?? []).map(numberOf),
    nodes: nodes.map(({ name, addresses }) => numberOf({ type: 'node', name, addresses })),
    edges: ground.edges.map(({ from, to }) => ({ from: groundEnd(from), to: groundEnd(to) })),
  }
}
