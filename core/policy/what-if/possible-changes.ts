import { isNothing } from '../connections'
import type { Connections, PortsByProtocol } from '../decision'
import { describeExposureChange } from '../describe-exposure'
import type { ChangeIndex } from '../index/change-index'
import { type PairPorts, pairPorts } from '../index/pair-ports'
import type { Row } from '../index/row'
import { workloadKey } from '../model'
import type { Direction } from '../normal-form'
import { possible, without } from '../ports-change'
import { gatherReach, type Reach } from '../reach'
import type { PossibleChange, PossibleSentence } from './answer'

/** So many changed rows are compared with all other ends. */
const mostRows = 400
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
  const left = new Set(all.slice(mostRows).map(({ i }) => i))
  return {
    changes: alike(change, told).flatMap((group) => sentencesOf(change, differs, group)),
    pairs: countPairs(change, differs, told),
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

const effects = { added: 'opens', closed: 'closes', opened: 'leaves-open' } as const
const kinds = ['added', 'closed', 'opened'] as const

function sentencesOf(
  { table, parts }: ChangeIndex,
  differs: PairDifferences,
  [first, ...others]: readonly [Changed, ...Changed[]],
): readonly PossibleSentence[] {
  const { direction, i } = first
  const workload = table.workloads[i]
  if (!workload) return []
  const of = (other: number) => (direction === 'ingress' ? differs(other, i) : differs(i, other))
  const inside = table.workloads.flatMap((one, k) => {
    const found = k === i ? null : of(k)
    return found ? [[one, found] as const] : []
  })
  const outside = parts.flatMap((part, k) => {
    const found = of(table.workloads.length + k)
    return found ? [[part, found] as const] : []
  })
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

/** Each pair once, although a draft may concern both of its ends. */
function countPairs({ table }: ChangeIndex, differs: PairDifferences, all: readonly Changed[]) {
  const pairs = { opened: 0, closed: 0, unclear: 0 }
  const n = table.workloads.length
  const incoming = new Set(all.flatMap(({ direction, i }) => (direction === 'ingress' ? [i] : [])))
  const count = (from: number, to: number) => {
    const found = from === to ? null : differs(from, to)
    if (!found) return
    if (!isNothing(found.added)) pairs.opened += 1
    else if (!isNothing(found.opened)) pairs.unclear += 1
    else pairs.closed += 1
  }
  for (const { direction, i } of all)
    for (let k = 0; k < n; k++) {
      if (direction === 'ingress') count(k, i)
      else if (!incoming.has(k)) count(i, k)
    }
  return pairs
}
