import type { Tally } from './tally'
import type { Reporter, Verdict } from './verdict'
import { verdicts } from './verdict'
import { isBy, type Witness } from './witness'
import type { EdgeRow } from './world'

/** Reporters along the way of a flow. What a later one stopped, an earlier one had let through. */
const wayOrder: readonly Reporter[] = ['unknown', 'source', 'waypoint', 'destination']

type Counts = Record<Verdict, number>

/**
 * Flows by verdict, each flow once although several reporters saw it:
 * - denied, error and audited: the reporter that counted most (a flow denied at its source is never
 *   seen at its destination, and reporters are not added);
 * - allowed and unknown: the reporter with most, after those are taken off that a reporter further
 *   on stopped, or that any other reporter audited.
 * So 5 denied and 100 allowed at the source with 100 allowed at the destination are 105 flows, and
 * 105 allowed at the source with 5 denied at the destination are 105 too.
 * A verdict without flows takes its requests from the witness of the requests.
 */
export function fuseVerdicts(
  tally: Tally,
  rows: readonly EdgeRow[],
  told: { readonly witnesses: readonly Witness[]; readonly type: string | null; readonly requests: Witness | null },
): void {
  const { witnesses, type, requests } = told
  if (type !== null && onlyAllowed(rows)) {
    let most = 0
    for (const witness of witnesses) if (witness.type === type) most = Math.max(most, witness.flows ?? 0)
    tally.flows = most
    if (most > 0) {
      tally.verdicts.allowed = most
      return
    }
  } else if (type !== null) {
    const way = countsByReporter(rows, witnesses, type)
    let flows = 0
    for (const verdict of verdicts) {
      const n = way.length === 1 ? (way[0]?.[verdict] ?? 0) : fused(way, verdict)
      if (n > 0) tally.verdicts[verdict] = n
      flows += n
    }
    tally.flows = flows
  }
  if (requests) addRequestVerdicts(tally, rows, requests)
  if (tally.verdicts.denied) tally.denials = denials(rows, tally.verdicts.denied)
}

/** Nearly every edge is so; then the rule comes to the largest count. */
function onlyAllowed(rows: readonly EdgeRow[]): boolean {
  for (const { facet } of rows) if (facet.verdict !== 'allowed') return false
  return true
}

/** One row of counts per reporter that is present, along the way. Of several instances of a source the one with most. */
function countsByReporter(rows: readonly EdgeRow[], witnesses: readonly Witness[], type: string): Counts[] {
  const way: Counts[] = []
  for (const reporter of wayOrder) {
    let most: Counts | null = null
    for (const witness of witnesses) {
      if (witness.type !== type || witness.reporter !== reporter || witness.flows === null) continue
      const counts = countsOf(rows, witness)
      most = most ? larger(most, counts) : counts
    }
    if (most) way.push(most)
  }
  return way
}

function countsOf(rows: readonly EdgeRow[], witness: Witness): Counts {
  const counts: Counts = { unknown: 0, allowed: 0, denied: 0, audited: 0, error: 0 }
  for (const { facet, flows } of rows) if (isBy(witness, facet)) counts[facet.verdict] += flows ?? 0
  return counts
}

function larger(a: Counts, b: Counts): Counts {
  const most = { ...a }
  for (const verdict of verdicts) most[verdict] = Math.max(a[verdict], b[verdict])
  return most
}

function fused(way: readonly Counts[], verdict: Verdict): number {
  let most = 0
  for (const [at, here] of way.entries()) {
    let n = here[verdict]
    if (verdict === 'allowed' || verdict === 'unknown') n -= toldOtherwise(way, at, verdict)
    most = Math.max(most, n)
  }
  return most
}

/** Flows that passed reporter `at` with this verdict and that another reporter knows better about. */
function toldOtherwise(way: readonly Counts[], at: number, verdict: 'allowed' | 'unknown'): number {
  const here = way[at]
  if (!here) return 0
  let n = 0
  for (const [other, there] of way.entries()) {
    if (other === at) continue
    n += Math.max(0, there.audited - here.audited)
    if (other < at) continue
    n += Math.max(0, there.denied - here.denied) + Math.max(0, there.error - here.error)
    const opposite = verdict === 'allowed' ? 'unknown' : 'allowed'
    n += Math.max(0, there[opposite] - here[opposite])
  }
  return n
}

function addRequestVerdicts(tally: Tally, rows: readonly EdgeRow[], witness: Witness): void {
  const counts: Partial<Counts> = {}
  for (const { facet, requests } of rows) {
    if (requests && isBy(witness, facet)) counts[facet.verdict] = (counts[facet.verdict] ?? 0) + requests
  }
  for (const verdict of verdicts) {
    const n = counts[verdict]
    if (n && !tally.verdicts[verdict]) tally.verdicts[verdict] = n
  }
}

/** The reasons, in the proportion in which they were counted, of `total` denials. */
function denials(rows: readonly EdgeRow[], total: number): Map<string, number> {
  const reasons = new Map<string, number>()
  let seen = 0
  for (const { facet, flows, requests } of rows) {
    if (facet.verdict !== 'denied') continue
    const n = flows ?? requests ?? 0
    seen += n
    reasons.set(facet.reason, (reasons.get(facet.reason) ?? 0) + n)
  }
  if (seen > 0) for (const [reason, n] of reasons) reasons.set(reason, (n * total) / seen)
  return reasons
}
