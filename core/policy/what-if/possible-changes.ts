import type { AddressPart } from '../address-parts'
import type { CompiledPolicies } from '../compile'
import { connections, isNothing } from '../connections'
import type { Connections, PortsByProtocol } from '../decision'
import { describeExposureChange } from '../describe-exposure'
import { addBits, eachBit, emptyBits } from '../index/bitset'
import type { ChangeIndex } from '../index/change-index'
import { type PairPorts, pairPorts } from '../index/pair-ports'
import type { Row } from '../index/row'
import { workloadKey } from '../model'
import type { Direction } from '../normal-form'
import { possible, without } from '../ports-change'
import { gatherReach, type Reach } from '../reach'
import type { PossibleChange, PossibleSentence } from './answer'

/** So many changed rows are compared with all other ends. */
const mostRows = 200
/** So many kinds of changes are told in sentences. */
const mostGroups = 30
const noReach: readonly Reach[] = []

type Difference = Readonly<Record<'added' | 'closed' | 'opened', PortsByProtocol>>
type Changed = { readonly direction: Direction; readonly i: number }

/**
 * What else may pass after a change, told of the workloads whose own policies change; those of which the same is true
 * are told once. O(changed rows × ends), at most `mostRows` of them.
 */
export function possibleChanges(change: ChangeIndex): PossibleChange {
  const all = (['ingress', 'egress'] as const).flatMap((direction) =>
    change.table.workloads.flatMap((_, i): readonly Changed[] =>
      change.isChanged(direction, i) ? [{ direction, i }] : [],
    ),
  )
  const told = all.slice(0, mostRows)
  const differs = pairDifferences(change)
  const inside = new Map(told.map((one) => [one, insideOf(change, one, differs)]))
  const groups = alike(change, told)
  const left = new Set([...groups.slice(mostGroups).flat(), ...all.slice(mostRows)].map(({ i }) => i))
  return {
    changes: groups
      .slice(0, mostGroups)
      .flatMap((group) => sentencesOf(change, differs, group, inside.get(group[0]) ?? [])),
    pairs: countPairs(inside),
    leftOut: left.size,
  }
}

type PairDifferences = (from: number, to: number) => Difference | null

/** Pairs that are alike are compared once. */
function pairDifferences({ before, after }: ChangeIndex): PairDifferences {
  const [was, is]: readonly [PairPorts, PairPorts] = [pairPorts(before), pairPorts(after)]
  const known = new Map<Connections, Map<Connections, Difference | null>>()
  return (from, to) => {
    const [then, now] = [was(from, to), is(from, to)]
    const byThen = known.get(then) ?? new Map<Connections, Difference | null>()
    known.set(then, byThen)
    const had = byThen.get(now)
    if (had !== undefined) return had
    const made = difference(then, now)
    byThen.set(now, made)
    return made
  }
}

function difference(was: Connections, is: Connections): Difference | null {
  const found = {
    added: without(is.allowed, was.allowed),
    closed: without(without(possible(was), is.allowed), is.open),
    opened: without(is.open, was.open),
  }
  return Object.values(found).every(isNothing) ? null : found
}

/** Changed rows that were one object and are one object now. */
function alike(change: ChangeIndex, all: readonly Changed[]): readonly (readonly [Changed, ...Changed[]])[] {
  const groups = new Map<Row, Map<Row, [Changed, ...Changed[]]>>()
  for (const one of all) {
    const [was, is] = [change.before.row(one.direction, one.i), change.after.row(one.direction, one.i)]
    const byIs = groups.get(was) ?? new Map<Row, [Changed, ...Changed[]]>()
    groups.set(was, byIs)
    const same = byIs.get(is)
    if (same?.[0].direction === one.direction) same.push(one)
    else byIs.set(is, [one])
  }
  return [...groups.values()].flatMap((byIs) => [...byIs.values()])
}

type Inside = readonly (readonly [number, Difference])[]

/** Numbers of the other workloads, with what differs. Whom neither row lets anything pass are not looked at. */
function insideOf({ before, after, table }: ChangeIndex, { direction, i }: Changed, differs: PairDifferences): Inside {
  const either = emptyBits(table.size)
  for (const { allowed, open } of [...before.row(direction, i), ...after.row(direction, i)]) {
    addBits(either, allowed)
    if (open) addBits(either, open)
  }
  const found: (readonly [number, Difference])[] = []
  eachBit(either, (k) => {
    if (k === i || k >= table.workloads.length) return
    const one = direction === 'ingress' ? differs(k, i) : differs(i, k)
    if (one) found.push([k, one])
  })
  return found
}

const effects = { added: 'opens', closed: 'closes', opened: 'leaves-open' } as const
const kinds = ['added', 'closed', 'opened'] as const

function sentencesOf(
  change: ChangeIndex,
  differs: PairDifferences,
  [first, ...others]: readonly [Changed, ...Changed[]],
  found: Inside,
): readonly PossibleSentence[] {
  const { direction, i } = first
  const { table } = change
  const workload = table.workloads[i]
  if (!workload) return []
  const of = (other: number) => (direction === 'ingress' ? differs(other, i) : differs(i, other))
  const inside = found.flatMap(([k, one]) => {
    const other = table.workloads[k]
    return other ? [[other, one] as const] : []
  })
  const outside = outsideOf(change, first, of)
  return kinds.flatMap((kind) => {
    const reach = gatherReach(
      inside.map(([one, found]) => [one, found[kind]] as const),
      outside.map(([part, found]) => [part, found[kind]] as const),
    )
    const none = { added: noReach, closed: noReach, opened: noReach }
    return describeExposureChange({ workload, direction, ...none, [kind]: reach }).map((sentence) => ({
      direction,
      effect: effects[kind],
      workload: workloadKey(workload),
      alike: others.flatMap((other) => table.workloads[other.i] ?? []).map(workloadKey),
      sentence,
    }))
  })
}

/** Address ranges with what differs, in their order. Those without a number are asked one by one. */
function outsideOf(
  { before, after, table, parts, finer }: ChangeIndex,
  { direction, i }: Changed,
  of: (other: number) => Difference | null,
): readonly (readonly [AddressPart, Difference])[] {
  const own = table.ends[i]
  const known = parts
    .map((part, k) => ({ part, k }))
    .filter(({ part }) => !finer.some((one) => isWithin(one, part)))
    .map(({ part, k }) => [part, of(table.workloads.length + k)] as const)
  const asked = finer.map((part) => {
    if (!own) return [part, null] as const
    const pair = (compiled: CompiledPolicies) =>
      direction === 'ingress' ? connections(compiled, part.end, own) : connections(compiled, own, part.end)
    return [part, difference(pair(before.compiled), pair(after.compiled))] as const
  })
  return [...known, ...asked]
    .flatMap(([part, found]) => (found ? [[part, found] as const] : []))
    .sort(([a], [b]) => a.range.bits - b.range.bits || (a.range.first < b.range.first ? -1 : 1))
}

const isWithin = ({ range: part }: AddressPart, { range: whole }: AddressPart): boolean =>
  part.bits === whole.bits && part.first >= whole.first && part.last <= whole.last

/** Each pair once, although a draft may concern both of its ends. */
function countPairs(inside: ReadonlyMap<Changed, Inside>) {
  const pairs = { opened: 0, closed: 0, unclear: 0 }
  const incoming = new Set([...inside.keys()].flatMap(({ direction, i }) => (direction === 'ingress' ? [i] : [])))
  for (const [{ direction }, found] of inside)
    for (const [k, { added, opened }] of found) {
      if (direction === 'egress' && incoming.has(k)) continue
      if (!isNothing(added)) pairs.opened += 1
      else if (!isNothing(opened)) pairs.unclear += 1
      else pairs.closed += 1
    }
  return pairs
}
