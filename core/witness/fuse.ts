import { chooseWitness, orders } from './choose-witness'
import { takeRefused } from './fuse-refused'
import { fuseVerdicts } from './fuse-verdicts'
import { addKnown, emptyTally, type Rates, type Tally } from '../figures/tally'
import type { L7Protocol } from '../verdict'
import { l7Protocols } from '../verdict'
import { isBy, type Witness, witnessesOf } from './witness'
import type { EdgeCover, EdgeRow } from '../world'

/** Who told each figure of an edge; null where nobody knows it. */
export type Told = {
  readonly requests: Witness | null
  /** Also errors and latency. */
  readonly responses: Witness | null
  readonly flows: Witness | null
  readonly connections: Witness | null
  readonly bytes: Witness | null
}

/** One truth about an edge. `witness`: who told the requests, else the responses, flows or bytes; null where nobody told any. */
export type Fused = {
  readonly tally: Tally
  readonly l7: L7Protocol
  readonly witness: Witness | null
}

/**
 * Chooses a witness per figure (core/witness/choose-witness.ts); reporters are never added and sources never averaged:
 * - requests: the first witness in order that saw any;
 * - responses, errors and latency: one witness together, the first in order that saw any response;
 * - flows and verdicts: one source, see fuseVerdicts;
 * - connections, bytes: one witness each.
 * A source that was away for a part of the window degrades to the next witness. The order of `rows`
 * does not matter. `cover`: null where every source told of the whole time. O(rows).
 */
export const fuse = (rows: readonly EdgeRow[], cover: EdgeCover | null = null): Fused =>
  fuseBy(witnessesOf(rows, cover), rows, cover)

/** The same where the witnesses of the rows are known. */
export function fuseBy(witnesses: readonly Witness[], rows: readonly EdgeRow[], cover: EdgeCover | null): Fused {
  const told = choose(witnesses, null)
  const tally = emptyTally()
  const { requests, responses, flows, connections, bytes } = told
  if (requests) tally.requests = requests.requests
  if (responses) takeResponses(tally, responses, rows)
  if (connections) takeConnections(tally, connections, rows)
  if (bytes) takeBytes(tally, bytes, rows)
  fuseVerdicts(tally, rows, { witnesses, source: flows?.source ?? null, requests })
  takeRefused(tally, rows, flows, responses)
  if (cover) tally.rates = ratesOf(tally, told)
  const witness = (requests?.requests ? requests : null) ?? responses ?? flows ?? bytes
  return { tally, l7: mainL7(rows, requests ?? responses), witness }
}

export type Tellers = {
  readonly told: Told
  /** Who would have told a figure, had its source not been away for a part of the time. */
  readonly passedOver: readonly Witness[]
}

/** Who tells the figures that fuse gives. O(rows). */
export const tell = (rows: readonly EdgeRow[], cover: EdgeCover | null = null): Tellers =>
  tellBy(witnessesOf(rows, cover))

/** The same of witnesses that are known. Asked for drawn edges only, so it is not kept for all. O(witnesses). */
export function tellBy(witnesses: readonly Witness[]): Tellers {
  const [first] = witnesses
  if (witnesses.every(({ cover }) => cover === first?.cover)) return { told: choose(witnesses, null), passedOver: [] }
  const passedOver = new Set<Witness>()
  return { told: choose(witnesses, passedOver), passedOver: [...passedOver] }
}

const choose = (witnesses: readonly Witness[], passedOver: Set<Witness> | null): Told => ({
  requests: chooseWitness(witnesses, orders.requests, passedOver),
  responses: chooseWitness(witnesses, orders.responses, passedOver),
  flows: chooseWitness(witnesses, orders.flows, passedOver),
  connections: chooseWitness(witnesses, orders.connections, passedOver),
  bytes: chooseWitness(witnesses, orders.bytes, passedOver),
})

/** Each figure over the time that its witness told of. */
function ratesOf(tally: Tally, { requests, flows, connections, bytes }: Told): Rates | null {
  for (const witness of [requests, flows, connections, bytes])
    if (witness && !(witness.cover > 0 && Number.isFinite(witness.cover))) return null
  const rate = (n: number | null, witness: Witness | null) => (n === null || !witness ? null : n / witness.cover)
  return {
    requests: rate(tally.requests, requests),
    flows: rate(tally.flows, flows),
    connections: rate(tally.connections, connections),
    connectionSeconds: rate(tally.connectionSeconds, connections),
    bytesSent: rate(tally.bytesSent, bytes),
    bytesReceived: rate(tally.bytesReceived, bytes),
  }
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

function takeConnections(tally: Tally, witness: Witness, rows: readonly EdgeRow[]): void {
  tally.connections = witness.connections
  for (const row of rows)
    if (isBy(witness, row.facet)) tally.connectionSeconds = addKnown(tally.connectionSeconds, row.connectionSeconds)
}

function takeBytes(tally: Tally, witness: Witness, rows: readonly EdgeRow[]): void {
  for (const row of rows) {
    if (!isBy(witness, row.facet)) continue
    tally.bytesSent = addKnown(tally.bytesSent, row.bytesSent)
    tally.bytesReceived = addKnown(tally.bytesReceived, row.bytesReceived)
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
