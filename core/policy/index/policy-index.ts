import type { CompiledPolicies, CompiledTier, PlacedBlock } from '../compile'
import type { Workload } from '../model'
import type { Block, Direction, Layer, Tier } from '../normal-form'
import type { PortItem } from '../ports'
import type { Habits } from '../profile'
import { dropFurther, type SelectedBlock, type SelectedTier } from '../select-blocks'
import { maybe, yes } from '../tri'
import { eachBit, emptyBits, hasBit } from './bitset'
import type { EndTable } from './end-table'
import { dependsOnSubject, type EndFinder, endFinder, type MatchBits } from './match-bits'
import { namedPortsOf } from './port-bits'
import { layoutMaker } from './port-layout'
import { mergeRows } from './merge-rows'
import { makeRow, type Row, type RowMaker, type RowOwner } from './row'

/** What every workload lets in and out, found when it is asked for and kept. */
export type PolicyIndex = {
  readonly compiled: CompiledPolicies
  readonly table: EndTable
  readonly find: EndFinder
  /** Of the workload with this number; network and, for ingress, mesh policies together. */
  readonly row: (direction: Direction, i: number) => Row
}

type Kept = {
  readonly maker: RowMaker
  /** Blocks of each workload, in the order that they are read. */
  readonly selected: Readonly<Record<Side, readonly (readonly Chosen[])[]>>
  readonly rows: Record<Direction, (Row | undefined)[]>
  readonly shared: Map<string, Row>
  /** Of the network and of the mesh together. */
  readonly merged: Map<Row, Map<Row, Row>>
  readonly traits: Map<Block, Traits>
}
export type Side = 'network/ingress' | 'network/egress' | 'mesh/ingress'
type Chosen = SelectedBlock & { readonly tier: Tier }

export const sides: readonly { readonly side: Side; readonly layer: Layer; readonly direction: Direction }[] = [
  { side: 'network/ingress', layer: 'network', direction: 'ingress' },
  { side: 'network/egress', layer: 'network', direction: 'egress' },
  { side: 'mesh/ingress', layer: 'mesh', direction: 'ingress' },
]

const keptOf = new WeakMap<PolicyIndex, Kept>()

/** What rows are made with, where ends are found by `find`. */
export function rowMaker(table: EndTable, find: EndFinder, habits: Habits): RowMaker {
  const { size } = table
  const scratch = { alive: emptyBits(size), next: emptyBits(size), deny: emptyBits(size) }
  return { size, find, layOut: layoutMaker(namedPortsOf(table), size), scratch, openTies: habits.ties === 'open' }
}

/** O(blocks × workloads ÷ 32) to find who selects whom; rows follow when they are asked for. */
export function policyIndex(compiled: CompiledPolicies, table: EndTable): PolicyIndex {
  const { catalogue, habits, options } = compiled
  const find = endFinder(table, {
    habits,
    trustDomain: options.trustDomain,
    namespace: catalogue.namespace,
    serviceAccount: catalogue.serviceAccount,
    apiServer: catalogue.apiServer,
  })
  const maker = rowMaker(table, find, habits)
  const selected = {
    'network/ingress': selectAll(compiled.tiers.network, 'ingress', table, find),
    'network/egress': selectAll(compiled.tiers.network, 'egress', table, find),
    'mesh/ingress': selectAll(compiled.tiers.mesh, 'ingress', table, find),
  }
  return indexOf(compiled, table, find, {
    maker,
    selected,
    rows: { ingress: [], egress: [] },
    shared: new Map(),
    merged: new Map(),
    traits: new Map(),
  })
}

function indexOf(compiled: CompiledPolicies, table: EndTable, find: EndFinder, kept: Kept): PolicyIndex {
  const row = (direction: Direction, i: number): Row => {
    const known = kept.rows[direction][i]
    if (known) return known
    const made = rowOf(table, kept, direction, i)
    kept.rows[direction][i] = made
    return made
  }
  const index = { compiled, table, find, row }
  keptOf.set(index, kept)
  return index
}

/** For more workloads it is cheaper to ask every block whom it selects than every workload which blocks. */
const fewConcerned = 16

/**
 * The index after a change of policies. Whom the change does not concern keep their rows; so do those whom it selects
 * and whose rows come out the same, so that a comparison of rows finds what really changed.
 */
export function editIndex(index: PolicyIndex, compiled: CompiledPolicies): PolicyIndex {
  const kept = keptOf.get(index)
  if (!kept || !sameTiers(index.compiled, compiled)) return policyIndex(compiled, index.table)
  const selected = { ...kept.selected }
  const rows = { ingress: kept.rows.ingress.slice(), egress: kept.rows.egress.slice() }
  for (const { side, layer, direction } of sides) {
    const changed = compiled.tiers[layer].flatMap((tier, i) =>
      differing(index.compiled.tiers[layer][i]?.[direction] ?? [], tier[direction]),
    )
    const concerned = new Set(
      changed.flatMap(({ block }) => subjectsOf(block, index.table, index.find).map(({ i }) => i)),
    )
    if (concerned.size === 0) continue
    if (concerned.size > fewConcerned) {
      const anew = selectAll(compiled.tiers[layer], direction, index.table, index.find)
      selected[side] = kept.selected[side].map((before, i) => (concerned.has(i) ? (anew[i] ?? before) : before))
    } else {
      const own = new Map([...concerned].map((i) => [i, selectFor(compiled.tiers[layer], direction, index, i)]))
      selected[side] = kept.selected[side].map((before, i) => own.get(i) ?? before)
    }
    for (const i of concerned) rows[direction][i] = undefined
  }
  return indexOf(compiled, index.table, index.find, { ...kept, selected, rows })
}

/** What is in one of two lists only, or in the stretch between the first and the last difference. */
function differing(a: readonly PlacedBlock[], b: readonly PlacedBlock[]): readonly PlacedBlock[] {
  let start = 0
  while (start < a.length && a[start]?.block === b[start]?.block) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end)?.block === b.at(-1 - end)?.block) end++
  const left = a.slice(start, a.length - end)
  const right = b.slice(start, b.length - end)
  if (left.length + right.length < 8) return [...left, ...right]
  const [was, is] = [new Set(left.map(({ block }) => block)), new Set(right.map(({ block }) => block))]
  return [...left.filter(({ block }) => !is.has(block)), ...right.filter(({ block }) => !was.has(block))]
}

const sameTiers = (a: CompiledPolicies, b: CompiledPolicies): boolean =>
  a.habits === b.habits &&
  (['network', 'mesh'] as const).every(
    (layer) =>
      a.tiers[layer].length === b.tiers[layer].length &&
      a.tiers[layer].every(({ tier }, i) => JSON.stringify(tier) === JSON.stringify(b.tiers[layer][i]?.tier)),
  )

const noDoubts: readonly string[] = []

/** For each workload, the blocks that may select it. */
function selectAll(
  tiers: readonly CompiledTier[],
  direction: Direction,
  table: EndTable,
  find: EndFinder,
): readonly (readonly Chosen[])[] {
  const chosen: Chosen[][] = table.workloads.map(() => [])
  for (const { tier, [direction]: placed } of tiers)
    for (const { ref, block } of placed)
      for (const { i, selects } of subjectsOf(block, table, find))
        chosen[i]?.push({ ref, block, tier, selects, doubts: noDoubts })
  return chosen
}

/** The same for one workload. */
function selectFor(
  tiers: readonly CompiledTier[],
  direction: Direction,
  { table, find }: PolicyIndex,
  i: number,
): readonly Chosen[] {
  const workload = table.workloads[i]
  const chosen: Chosen[] = []
  if (!workload) return chosen
  for (const { tier, [direction]: placed } of tiers)
    for (const { ref, block } of placed) {
      const { may, sure } = find(block.subject, workload)
      if (hasBit(may, i)) chosen.push({ ref, block, tier, selects: hasBit(sure, i) ? yes : maybe, doubts: noDoubts })
    }
  return chosen
}

/** Workloads that a block may select. */
export function subjectsOf({ subject }: PlacedBlock['block'], table: EndTable, find: EndFinder) {
  const found: { readonly i: number; readonly selects: typeof yes }[] = []
  const add = ({ sure, may }: MatchBits, i: number) => {
    if (hasBit(may, i)) found.push({ i, selects: hasBit(sure, i) ? yes : maybe })
  }
  const [anyone] = table.workloads
  if (!anyone) return found
  if (dependsOnSubject(subject)) for (const [i, workload] of table.workloads.entries()) add(find(subject, workload), i)
  else {
    const bits = find(subject, anyone)
    eachBit(bits.may, (i) => {
      if (i < table.workloads.length) add(bits, i)
    })
  }
  return found
}

function rowOf(table: EndTable, kept: Kept, direction: Direction, i: number): Row {
  const workload = table.workloads[i]
  if (!workload) return []
  const network = sharedRow(kept, direction === 'ingress' ? 'network/ingress' : 'network/egress', workload, i)
  if (direction === 'egress' || (kept.selected['mesh/ingress'][i] ?? []).length === 0) return network
  return mergedRow(kept, network, sharedRow(kept, 'mesh/ingress', workload, i))
}

/** The same two rows make one row, so that an edited index has it too. */
function mergedRow({ merged }: Kept, network: Row, mesh: Row): Row {
  const byMesh = merged.get(network) ?? new Map<Row, Row>()
  merged.set(network, byMesh)
  const row = byMesh.get(mesh) ?? mergeRows(network, mesh)
  byMesh.set(mesh, row)
  return row
}

/** Workloads that the same blocks select, and that these see alike, have one row. */
function sharedRow(kept: Kept, side: Side, workload: Workload, i: number): Row {
  const key = rowKey(kept, side, workload, i)
  const known = kept.shared.get(key)
  if (known) return known
  const made = makeRow(kept.maker, tiersOf(kept.selected[side][i] ?? []), { workload, i, direction: directionOf(side) })
  kept.shared.set(key, made)
  return made
}

const directionOf = (side: Side): Direction => (side === 'network/egress' ? 'egress' : 'ingress')

function rowKey(kept: Kept, side: Side, workload: Workload, i: number): string {
  const chosen = kept.selected[side][i] ?? []
  const traits = chosen.map(({ block }) => traitsOf(kept.traits, block))
  return [
    side,
    ...chosen.map(({ selects }, k) => `${traits[k]?.id}.${selects}`),
    directionOf(side) === 'ingress' && traits.some(({ names }) => names) ? JSON.stringify(workload.ports) : '',
    traits.some(({ seenFrom }) => seenFrom) ? `${workload.mesh} ${workload.nodes.join()}` : '',
    traits.some(({ own }) => own) ? i : '',
  ].join(' ')
}

/** Workloads whose policies say the same; the first stands for all. */
export type Alike = RowOwner & { readonly tiers: readonly SelectedTier[]; readonly members: readonly number[] }

/** Workloads that some block selects, taken together by their rows. O(workloads · their blocks). */
export function alikeWorkloads(index: PolicyIndex, side: Side): readonly Alike[] {
  const kept = keptOf.get(index)
  if (!kept) return []
  const found = new Map<string, Omit<Alike, 'members'> & { readonly members: number[] }>()
  for (const [i, workload] of index.table.workloads.entries()) {
    const chosen = kept.selected[side][i] ?? []
    if (chosen.length === 0) continue
    const key = rowKey(kept, side, workload, i)
    const same = found.get(key)
    if (same) same.members.push(i)
    else found.set(key, { i, workload, direction: directionOf(side), tiers: tiersOf(chosen), members: [i] })
  }
  return [...found.values()]
}

/** What of a block depends on the workload that it selects: its named ports, its node or proxy, itself. */
type Traits = { readonly id: number; readonly names: boolean; readonly seenFrom: boolean; readonly own: boolean }

function traitsOf(known: Map<Block, Traits>, block: Block): Traits {
  const had = known.get(block)
  if (had) return had
  const { rules } = block
  const made = {
    id: known.size,
    names: rules.some(({ ports }) => [...(ports?.some ?? []), ...(ports?.none ?? [])].some(isNamed)),
    seenFrom: rules.some(({ peer }) => dependsOnSubject(peer)),
    own: rules.some(({ own }) => own !== undefined),
  }
  known.set(block, made)
  return made
}

const isNamed = ({ port }: PortItem) => port !== 'any' && 'name' in port

function tiersOf(chosen: readonly Chosen[]): readonly SelectedTier[] {
  const tiers = new Map<Tier, Chosen[]>()
  for (const one of chosen) {
    const same = tiers.get(one.tier)
    if (same) same.push(one)
    else tiers.set(one.tier, [one])
  }
  return [...tiers].map(([tier, blocks]) => ({ tier, blocks: dropFurther(blocks) }))
}
