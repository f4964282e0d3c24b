import { rangeText } from './address-parts'
import type { PortsByProtocol } from './decision'
import type { ConnectionsDiff, DiffEnd } from './diff'
import { portLine } from './port-text'

/** How the connections of a pair changed, as reports list it. Ends are `ns/name[Kind]` or addresses outside. */
export type ListedChange = {
  readonly from: string
  readonly to: string
  readonly newlyAllowed: PortsByProtocol
  readonly newlyDenied: PortsByProtocol
  readonly leftOpen: PortsByProtocol
  /** Where an end is a workload of one side only. */
  readonly fromOnlyIn?: Side
  readonly toOnlyIn?: Side
}

type Side = 'old' | 'new'

/** Workloads by name, then addresses; neighbouring addresses to which the same happens are one end. */
export function listChanges(found: readonly ConnectionsDiff[]): readonly ListedChange[] {
  const sorted = found.toSorted((a, b) => compareEnds(a.from, b.from) || compareEnds(a.to, b.to))
  const byWorkload = found.length === 0 ? [] : joinRuns(sorted, 'to')
  const [inside, outside] = [
    byWorkload.filter(({ from }) => from.type === 'workload'),
    byWorkload
      .filter(({ from }) => from.type === 'addresses')
      .toSorted((a, b) => compareEnds(a.to, b.to) || compareEnds(a.from, b.from)),
  ]
  return [...inside, ...joinRuns(outside, 'from')].map(listed)
}

/** Takes entries together that follow each other and differ only in neighbouring addresses at one end. */
function joinRuns(found: readonly ConnectionsDiff[], at: 'from' | 'to'): readonly ConnectionsDiff[] {
  const other = at === 'from' ? 'to' : 'from'
  const runs: ConnectionsDiff[] = []
  for (const one of found) {
    const last = runs.at(-1)
    const joined = last && last[other] === one[other] && sameChange(last, one) ? joinEnds(last[at], one[at]) : null
    if (last && joined) runs[runs.length - 1] = { ...last, [at]: joined }
    else runs.push(one)
  }
  return runs
}

const sameChange = (a: ConnectionsDiff, b: ConnectionsDiff) =>
  (['added', 'opened', 'closed'] as const).every((change) => portLine(a[change]) === portLine(b[change]))

/** null: no neighbours. */
function joinEnds(a: DiffEnd, b: DiffEnd): DiffEnd | null {
  if (a.type !== 'addresses' || b.type !== 'addresses') return null
  if (a.range.bits !== b.range.bits || a.range.last + 1n !== b.range.first) return null
  return { ...a, range: { ...a.range, last: b.range.last } }
}

function listed({ from, to, added, closed, opened }: ConnectionsDiff): ListedChange {
  const [fromOnlyIn, toOnlyIn] = [onlyIn(from), onlyIn(to)]
  return {
    from: nameOf(from),
    to: nameOf(to),
    newlyAllowed: added,
    newlyDenied: closed,
    leftOpen: opened,
    ...(fromOnlyIn ? { fromOnlyIn } : {}),
    ...(toOnlyIn ? { toOnlyIn } : {}),
  }
}

const nameOf = (end: DiffEnd) => (end.type === 'workload' ? end.key : rangeText(end.range))

const onlyIn = (end: DiffEnd): Side | null =>
  end.type === 'addresses' || (end.before && end.after) ? null : end.before ? 'old' : 'new'

function compareEnds(a: DiffEnd, b: DiffEnd): number {
  if (a.type === 'workload' && b.type === 'workload') return a.key < b.key ? -1 : a.key > b.key ? 1 : 0
  if (a.type === 'workload') return -1
  if (b.type === 'workload') return 1
  return a.range.bits - b.range.bits || (a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0)
}
