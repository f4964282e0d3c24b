import type { Tally } from '../figures/tally'
import type { Reporter, Verdict } from '../verdict'
import { verdicts } from '../verdict'
import { isBy, type Witness } from './witness'
import type { EdgeRow } from '../world'

/** Reporters along the way of a flow. What a later one stopped, an earlier one had let through. */
const wayOrder: readonly Reporter[] = ['unknown', 'source', 'waypoint', 'destination']

type Counts = Record<Verdict, number>

/**
 * Flows by verdict, each flow once although several reporters saw it:
 * - what a proxy refused is taken off what the network allowed;
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
  told: { readonly witnesses: readonly Witness[]; readonly source: string | null; readonly requests: Witness | null },
): void {
  const { witnesses, source, requests } = told
  if (source !== null && onlyAllowed(rows, source)) {
    let most = 0
    for (const witness of witnesses) if (witness.source === source) most = Math.max(most, witness.flows ?? 0)
    tally.flows = most
    if (most > 0) tally.verdicts.allowed = most
    if (most > 0 && onlyAllowed(rows)) return
  } else if (source !== null) {
    const way = countsByReporter(rows, witnesses, source)
    let flows = 0
    for (const verdict of verdicts) {
      const n = way.length === 1 ? (way[0]?.[verdict] ?? 0) : fused(way, verdict)
      if (n > 0) tally.verdicts[verdict] = n
      flows += n
    }
    tally.flows = flows
  }
  if (told.witnesses.find((w) => w.source === source)?.view === 'flows') takeProxyDenials(tally, rows, witnesses)
  if (requests) addRequestVerdicts(tally, rows, requests)
  if (tally.verdicts.denied) tally.denials = denials(rows, tally.verdicts.denied)
}

/** Nearly every edge is so; then the rule comes to the largest count. */
function onlyAllowed(rows: readonly EdgeRow[], source?: string): boolean {
  for (const { facet } of rows)
    if ((source === undefined || facet.source === source) && facet.verdict !== 'allowed') return false
  return true
}

/** One row of counts per reporter that is present, along the way. */
function countsByReporter(rows: readonly EdgeRow[], witnesses: readonly Witness[], source: string): Counts[] {
  const way: Counts[] = []
  for (const reporter of wayOrder) {
    const witness = witnesses.find((w) => w.source === source && w.reporter === reporter && w.flows !== null)
    if (witness) way.push(countsOf(rows, witness))
  }
  return way
}

function countsOf(rows: readonly EdgeRow[], witness: Witness): Counts {
  const counts: Counts = { unknown: 0, allowed: 0, denied: 0, audited: 0, error: 0 }
  for (const { facet, flows } of rows) if (isBy(witness, facet)) counts[facet.verdict] += flows ?? 0
  return counts
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

/** What a proxy refused, the network had let through to it: those flows were counted as allowed there. */
function takeProxyDenials(tally: Tally, rows: readonly EdgeRow[], witnesses: readonly Witness[]): void {
  let denied = 0
  for (const witness of witnesses) {
    if (witness.view === 'proxies' && witness.flows) denied = Math.max(denied, countsOf(rows, witness).denied)
  }
  const moved = Math.min(denied, tally.verdicts.allowed ?? 0)
  if (moved === 0) return
  tally.verdicts.denied = (tally.verdicts.denied ?? 0) + moved
  tally.verdicts.allowed = (tally.verdicts.allowed ?? 0) - moved
  if (tally.verdicts.allowed === 0) delete tally.verdicts.allowed
}

function addRequestVerdicts(tally: Tally, rows: readonly EdgeRow[], witness: Witness): void {
  const counts: Partial<Counts> = {}
  for (const { facet, requests } of rows) {
    if (requests && isBy(witness, facet)) counts[facet.verdict] = (counts[facet.verdict] ?? 0) + requests
  }
  for (const verdict of verdicts) {
    const n = counts[verdict]
    // Who does not say what happened has no verdict to give.
    if (n && verdict !== 'unknown' && !tally.verdicts[verdict]) tally.verdicts[verdict] = n
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
