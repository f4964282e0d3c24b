import { fuseVerdicts } from './fuse-verdicts'
import { addKnown, emptyTally, type Tally } from './tally'
import type { L7Protocol, Reporter } from './verdict'
import { l7Protocols } from './verdict'
import { isBy, type Witness, witnessesOf } from './witness'
import type { EdgeRow, SourceFreshness } from './world'

/** One truth about an edge. `witness`: who told the requests, else the responses or flows; null where nobody told any. */
export type Fused = { readonly tally: Tally; readonly l7: L7Protocol; readonly witness: Witness | null }

/** Types of sources by what they are believed first for; those not named come last, by name. */
const sourceOrder = { flows: ['hubble'], requests: ['hubble'] } as const

/** The nearer to the server, the more of the truth a proxy sees. */
const reporterOrder: readonly Reporter[] = ['destination', 'waypoint', 'source', 'unknown']

/** Source instance → type, for fuse. */
export const sourceTypes = (sources: readonly SourceFreshness[]): ReadonlyMap<string, string> =>
  new Map(sources.map(({ id, type }) => [id, type]))

/**
 * Chooses a witness per figure; reporters are never added and sources never averaged:
 * - requests: the first witness in order that saw any;
 * - responses, errors and latency: one witness together, the first in order that saw any response;
 * - flows and verdicts: one type of source, see fuseVerdicts.
 * The order of `rows` does not matter. O(rows).
 */
export function fuse(rows: readonly EdgeRow[], types: ReadonlyMap<string, string>): Fused {
  const witnesses = witnessesOf(rows, types)
  const tally = emptyTally()
  const requests = pick(witnesses, sourceOrder.requests, requestsOf)
  if (requests) tally.requests = requests.requests
  const responses = pick(witnesses, sourceOrder.requests, responsesOf)
  if (responses) takeResponses(tally, responses, rows)
  const flows = pick(witnesses, sourceOrder.flows, flowsOf)
  fuseVerdicts(tally, rows, { witnesses, type: flows?.type ?? null, requests })
  const witness = (requests?.requests ? requests : null) ?? responses ?? flows
  return { tally, l7: mainL7(rows, requests ?? responses), witness }
}

const requestsOf = (witness: Witness) => witness.requests
const responsesOf = (witness: Witness) => witness.responses ?? (witness.latency ? 0 : null)
const flowsOf = (witness: Witness) => witness.flows

/** The best of those that know the figure; one that counted nothing only where nobody counted anything. */
function pick(
  witnesses: readonly Witness[],
  order: readonly string[],
  figure: (witness: Witness) => number | null,
): Witness | null {
  let best: Witness | null = null
  for (const witness of witnesses) {
    if (figure(witness) !== null && (!best || before(witness, best, order, figure))) best = witness
  }
  return best
}

function before(
  a: Witness,
  b: Witness,
  order: readonly string[],
  figure: (witness: Witness) => number | null,
): boolean {
  const [countA, countB] = [figure(a) ?? 0, figure(b) ?? 0]
  if (countA > 0 !== countB > 0) return countA > 0
  const type = rank(order, a.type) - rank(order, b.type)
  if (type !== 0) return type < 0
  if (a.type !== b.type) return a.type < b.type
  const reporter = reporterOrder.indexOf(a.reporter) - reporterOrder.indexOf(b.reporter)
  if (reporter !== 0) return reporter < 0
  return countA === countB ? a.source < b.source : countA > countB
}

function rank(order: readonly string[], type: string): number {
  const at = order.indexOf(type)
  return at < 0 ? order.length : at
}

function takeResponses(tally: Tally, witness: Witness, rows: readonly EdgeRow[]): void {
  tally.responses = witness.responses
  for (const row of rows) {
    if (!isBy(witness, row.facet)) continue
    tally.clientErrors = addKnown(tally.clientErrors, row.clientErrors)
    tally.serverErrors = addKnown(tally.serverErrors, row.serverErrors)
    if (!row.latency || row.latency.length === 0) continue
    if (tally.latency) tally.latency.push(row.latency)
    else tally.latency = [row.latency]
  }
}

/** The application protocol of most requests and responses that the witness saw; `none` where there is neither. */
function mainL7(rows: readonly EdgeRow[], witness: Witness | null): L7Protocol {
  let best: L7Protocol = 'none'
  let several = false
  for (const { facet } of rows) {
    if (facet.l7 === 'none' || (witness && !isBy(witness, facet))) continue
    several ||= best !== 'none' && best !== facet.l7
    best = facet.l7
  }
  return several ? commonestL7(rows, witness) : best
}

function commonestL7(rows: readonly EdgeRow[], witness: Witness | null): L7Protocol {
  let best: L7Protocol = 'none'
  let most = -1
  for (const l7 of l7Protocols) {
    if (l7 === 'none') continue
    let n = -1
    for (const { facet, requests, responses } of rows) {
      if (facet.l7 === l7 && (!witness || isBy(witness, facet))) n = Math.max(0, n) + (requests ?? 0) + (responses ?? 0)
    }
    if (n > most) [best, most] = [l7, n]
  }
  return best
}
