import type { Figures } from './figures'
import { percentilesOf } from './percentiles'
import type { Sketch } from './sketch'
import type { Verdict } from '../verdict'

type Percentiles = readonly [p50: number | null, p95: number | null, p99: number | null]

/** Figures before they are divided by time, so that those of different edges can be added. null is unknown. */
export type Tally = {
  flows: number | null
  connections: number | null
  connectionSeconds: number | null
  bytesSent: number | null
  bytesReceived: number | null
  requests: number | null
  responses: number | null
  clientErrors: number | null
  serverErrors: number | null
  /** Sketches to be merged, kept apart until a percentile is asked for; null where there are none. */
  latency: Sketch[] | null
  /** p50, p95 and p99 of `latency`, once they were asked for. */
  percentiles: Percentiles | null
  verdicts: Partial<Record<Verdict, number>>
  /** What each second had, by the time that each figure's own witness told of; null where that is not known. */
  rates: Rates | null
  /** What was denied, by the source's own reason. */
  denials: Map<string, number> | null
}

/** Per second; null is unknown. */
export type Rates = Record<
  'flows' | 'connections' | 'connectionSeconds' | 'bytesSent' | 'bytesReceived' | 'requests',
  number | null
>

export const emptyTally = (): Tally => ({
  flows: null,
  connections: null,
  connectionSeconds: null,
  bytesSent: null,
  bytesReceived: null,
  requests: null,
  responses: null,
  clientErrors: null,
  serverErrors: null,
  latency: null,
  percentiles: null,
  verdicts: {},
  rates: null,
  denials: null,
})

/** A sum in which an unknown part is left out; unknown where every part is. */
export const addKnown = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b)

/** Adds the tally of *other* traffic. Never for two reporters of the same traffic: that is core/witness/fuse.ts. */
export function addTally(into: Tally, other: Tally): void {
  addRates(into, other)
  into.flows = addKnown(into.flows, other.flows)
  into.connections = addKnown(into.connections, other.connections)
  into.connectionSeconds = addKnown(into.connectionSeconds, other.connectionSeconds)
  into.bytesSent = addKnown(into.bytesSent, other.bytesSent)
  into.bytesReceived = addKnown(into.bytesReceived, other.bytesReceived)
  into.requests = addKnown(into.requests, other.requests)
  into.responses = addKnown(into.responses, other.responses)
  into.clientErrors = addKnown(into.clientErrors, other.clientErrors)
  into.serverErrors = addKnown(into.serverErrors, other.serverErrors)
  addVerdicts(into.verdicts, other.verdicts)
  if (other.latency) {
    into.percentiles = null
    if (!into.latency) into.latency = [...other.latency]
    else for (const sketch of other.latency) into.latency.push(sketch)
  }
  if (!other.denials) return
  into.denials ??= new Map()
  for (const [reason, n] of other.denials) into.denials.set(reason, (into.denials.get(reason) ?? 0) + n)
}

/** Before anything else is added: a tally without figures has no say in whether rates are known. */
function addRates(into: Tally, other: Tally): void {
  const { rates } = other
  if (!hasFigures(into)) into.rates = rates && { ...rates }
  else if (!into.rates || !rates) into.rates = null
  else {
    into.rates.flows = addKnown(into.rates.flows, rates.flows)
    into.rates.connections = addKnown(into.rates.connections, rates.connections)
    into.rates.connectionSeconds = addKnown(into.rates.connectionSeconds, rates.connectionSeconds)
    into.rates.bytesSent = addKnown(into.rates.bytesSent, rates.bytesSent)
    into.rates.bytesReceived = addKnown(into.rates.bytesReceived, rates.bytesReceived)
    into.rates.requests = addKnown(into.rates.requests, rates.requests)
  }
}

const hasFigures = ({ flows, requests, connections, bytesSent, bytesReceived }: Tally): boolean =>
  flows !== null || requests !== null || connections !== null || bytesSent !== null || bytesReceived !== null

function addVerdicts(into: Tally['verdicts'], other: Tally['verdicts']): void {
  if (other.allowed) into.allowed = (into.allowed ?? 0) + other.allowed
  if (other.denied) into.denied = (into.denied ?? 0) + other.denied
  if (other.audited) into.audited = (into.audited ?? 0) + other.audited
  if (other.error) into.error = (into.error ?? 0) + other.error
  if (other.unknown) into.unknown = (into.unknown ?? 0) + other.unknown
}

const quantiles = [0.5, 0.95, 0.99]
const noLatency: Percentiles = [null, null, null]

/** p50, p95 and p99 in milliseconds, null without latency; remembered until the tally grows. */
export function percentilesOfTally(tally: Tally): Percentiles {
  if (!tally.latency) return noLatency
  if (!tally.percentiles) {
    const [p50 = null, p95 = null, p99 = null] = percentilesOf(tally.latency, quantiles)
    tally.percentiles = [p50, p95, p99]
  }
  return tally.percentiles
}

/** Rates are per second of the time that each witness told of, else of `coveredSeconds`; unknown where no time is covered. A tally that has its figures grows no more. O(bytes of its sketches). */
export function figuresOf(tally: Tally, coveredSeconds: number): Figures {
  const rate = (figure: keyof Rates) => {
    const n = tally[figure]
    if (n === null || !(coveredSeconds > 0)) return null
    return tally.rates?.[figure] ?? n / coveredSeconds
  }
  const [p50, p95, p99] = percentilesOfTally(tally)
  return {
    flowRate: rate('flows'),
    connectionRate: rate('connections'),
    openConnections: rate('connectionSeconds'),
    sentRate: rate('bytesSent'),
    receivedRate: rate('bytesReceived'),
    requestRate: rate('requests'),
    requests: tally.requests,
    responses: tally.responses,
    clientErrors: tally.clientErrors,
    serverErrors: tally.serverErrors,
    errorRatio: ratio(tally.serverErrors, tally.responses),
    p50,
    p95,
    p99,
    verdicts: tally.verdicts,
  }
}

const ratio = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole

/** Everything that has a verdict. */
export const verdictTotal = (verdicts: Figures['verdicts']): number =>
  (verdicts.allowed ?? 0) +
  (verdicts.denied ?? 0) +
  (verdicts.audited ?? 0) +
  (verdicts.error ?? 0) +
  (verdicts.unknown ?? 0)

/** The commonest reason of denials; '' where none was given. */
export function mainDenial(tally: Tally): string {
  let best = ''
  let most = 0
  for (const [reason, n] of tally.denials ?? []) {
    if (n > most || (n === most && reason < best)) [best, most] = [reason, n]
  }
  return best
}
