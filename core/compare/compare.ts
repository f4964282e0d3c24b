import type { Figures } from '../figures/figures'
import { verdictTotal } from '../figures/tally'

/**
 * How an edge or node differs from before. Each has a mirror: what is `new` one way round is `gone` the other.
 * `unknown`: seen in one window only, and who saw it was away in the other.
 */
export const differences = [
  'failing',
  'denied',
  'new',
  'gone',
  'slower',
  'more',
  'less',
  'faster',
  'recovered',
  'allowed',
  'unknown',
] as const
export type Difference = (typeof differences)[number]

/** What differs the other way round. */
export const mirrorOf: Readonly<Record<Difference, Difference>> = {
  new: 'gone',
  gone: 'new',
  failing: 'recovered',
  recovered: 'failing',
  denied: 'allowed',
  allowed: 'denied',
  slower: 'faster',
  faster: 'slower',
  more: 'less',
  less: 'more',
  unknown: 'unknown',
}

/** Below these a difference is noise. Shares are 0..1. */
export const noise = {
  /** Events that must have been expected in the other window for their absence to say something. */
  events: 5,
  /** Responses on both sides before percentiles are compared. */
  responses: 50,
  /** p95 must be this many times longer, and this many milliseconds. */
  slower: { times: 1.5, ms: 10 },
  /** Error or denied share must differ by so much, and be so many standard errors apart. */
  share: { least: 0.01, errors: 3, count: 3 },
  /** Rates must be so many times higher, and so many standard errors apart. */
  traffic: { times: 2, errors: 5 },
} as const

/**
 * How figures differ between two windows, the worst first; empty where nothing but noise does. `seconds`:
 * covered time of each, which turns rates into counts. Mirrors when the windows are swapped.
 */
export function compareFigures(
  now: Figures,
  before: Figures,
  seconds: { readonly now: number; readonly before: number },
): readonly Difference[] {
  const found: Difference[] = []
  const errors = shareChange(errorsOf(now), errorsOf(before))
  if (errors !== 0) found.push(errors > 0 ? 'failing' : 'recovered')
  const denied = shareChange(deniedOf(now), deniedOf(before))
  if (denied !== 0) found.push(denied > 0 ? 'denied' : 'allowed')
  const latency = latencyChange(now, before)
  if (latency !== 0) found.push(latency > 0 ? 'slower' : 'faster')
  const traffic = trafficChange(now, before, seconds)
  if (traffic !== 0) found.push(traffic > 0 ? 'more' : 'less')
  return found.sort((a, b) => differences.indexOf(a) - differences.indexOf(b))
}

type Share = { readonly part: number; readonly whole: number }

const errorsOf = ({ serverErrors, responses }: Figures): Share | null =>
  serverErrors === null || !responses ? null : { part: serverErrors, whole: responses }

function deniedOf({ verdicts }: Figures): Share | null {
  const whole = verdictTotal(verdicts)
  return whole > 0 ? { part: verdicts.denied ?? 0, whole } : null
}

/** 1: the share is higher by more than noise, -1: lower, 0: neither, or one of them is unknown. */
function shareChange(now: Share | null, before: Share | null): number {
  if (!now || !before) return 0
  const { least, errors, count } = noise.share
  const difference = now.part / now.whole - before.part / before.whole
  const more = difference > 0 ? now : before
  if (Math.abs(difference) < least || more.part < count) return 0
  const pooled = (now.part + before.part) / (now.whole + before.whole)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / now.whole + 1 / before.whole))
  return Math.abs(difference) >= errors * error ? Math.sign(difference) : 0
}

function latencyChange(now: Figures, before: Figures): number {
  if (now.p95 === null || before.p95 === null) return 0
  if ((now.responses ?? 0) < noise.responses || (before.responses ?? 0) < noise.responses) return 0
  const [less, more] = now.p95 < before.p95 ? [now.p95, before.p95] : [before.p95, now.p95]
  const { times, ms } = noise.slower
  return more >= less * times && more - less >= ms ? Math.sign(now.p95 - before.p95) : 0
}

function trafficChange(now: Figures, before: Figures, seconds: { now: number; before: number }): number {
  const basis = (['requestRate', 'connectionRate', 'flowRate'] as const).find(
    (rate) => now[rate] !== null && before[rate] !== null,
  )
  if (!basis || !(seconds.now > 0) || !(seconds.before > 0)) return 0
  const [a, b] = [now[basis] ?? 0, before[basis] ?? 0]
  if (Math.max(a, b) < Math.min(a, b) * noise.traffic.times || a === b) return 0
  // Counts are at least as scattered as a Poisson process is.
  const error = Math.sqrt(a / seconds.now + b / seconds.before)
  return Math.abs(a - b) >= noise.traffic.errors * error ? Math.sign(a - b) : 0
}

/** Events of an edge in its window: requests, else connections or flows. */
export const eventsOf = (figures: Figures, seconds: number): number =>
  figures.requests ?? (figures.connectionRate ?? figures.flowRate ?? 0) * seconds
