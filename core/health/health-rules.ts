import type { Health } from '../figures/figures'
import type { Measure } from './measure'
import { isBeyondChance, shareAbove } from '../figures/tail'
import { mainDenial, percentilesOfTally, type Tally, verdictTotal } from '../figures/tally'
import { tierMs } from '../time'
import {
  type Band,
  callerDenied,
  fewErrors,
  leastMoreErrors,
  leastSlower,
  minPastResponses,
  type Tolerance,
  unknownPastP95,
} from './tolerances'
import { msWords, percentWords, spanWords } from '../text/words'

/** What makes something unwell. `refused`: as a caller. */
export const causes = ['errors', 'clientErrors', 'latency', 'denied', 'refused'] as const
export type Cause = (typeof causes)[number]

/** Health with its reason as one sentence without a full stop; '' where healthy. */
export type Diagnosis = { readonly health: Health; readonly why: string }

/** The same with what makes it unwell; null where nothing does. */
export type Judgement = Diagnosis & { readonly cause: Cause | null }

/** In less than a day something may have come again without being usual. */
const usualAfterMs = tierMs['1d']

export const healthy: Judgement = { health: 'healthy', why: '', cause: null }
export const unknown = (why: string): Judgement => ({ health: 'unknown', why, cause: null })

/** Server errors, against the limit and against what is usual. */
export function serverErrors(errors: number, responses: number, measure: Measure): Judgement {
  const { tolerance } = measure
  const found = share('errors', 'server errors', errors, responses, tolerance.errors, tolerance)
  const usual = pastOf(measure)
  const before = usual?.errorRatio ?? null
  if (!usual || before === null) return found
  const past = `in the ${spanWords(measure.pastMs)} before it was ${percentWords(before)}`
  const ratio = errors / responses
  const isUsual = isClose(ratio, before) && measure.pastMs >= usualAfterMs
  if (found.health !== 'healthy')
    return { ...found, why: `${found.why}; ${isUsual ? 'that is usual for it: ' : ''}${past}` }
  const few = responses < tolerance.minResponses
  const factor = tolerance.baseline
  if (few || factor === null || ratio < Math.max(before * factor, before + leastMoreErrors)) return healthy
  if (!isBeyondChance(ratio, responses, Math.max(before, 1 / (usual.responses + 1)))) return healthy
  return {
    health: 'degraded',
    why: `${percentWords(ratio)} of responses are server errors; ${past}${setBy(tolerance)}`,
    cause: 'errors',
  }
}

export function clientErrors({ clientErrors: errors }: Tally, responses: number, { tolerance }: Measure): Judgement {
  if (errors === null || tolerance.clientErrors === null) return healthy
  return share('clientErrors', 'client errors', errors, responses, tolerance.clientErrors, tolerance)
}

function share(
  cause: Cause,
  what: string,
  errors: number,
  responses: number,
  limits: Band,
  tolerance: Tolerance,
): Judgement {
  const ratio = errors / responses
  const few = responses < tolerance.minResponses
  if (ratio < limits.degraded || (few && errors < fewErrors)) return healthy
  if (few) return { health: 'degraded', why: `${errors} of ${responses} responses are ${what}`, cause }
  const health = ratio >= limits.failing ? 'failing' : 'degraded'
  const limit = `its limit is ${percentWords(limits[health])}${setBy(tolerance)}`
  return { health, why: `${percentWords(ratio)} of responses are ${what}; ${limit}`, cause }
}

/** p95 against a limit that was set, else against what is usual, else against a second. */
export function slowness(tally: Tally, responses: number, measure: Measure): Judgement | null {
  const { tolerance } = measure
  if (responses < tolerance.minResponses) return null
  const p95 = percentilesOfTally(tally)[1]
  if (p95 === null) return null
  const slow = (why: string): Judgement => ({
    health: 'degraded',
    why: `p95 is ${msWords(p95)}; ${why}${setBy(tolerance)}`,
    cause: 'latency',
  })
  if (tolerance.p95 !== null && p95 >= tolerance.p95) return slow(`its limit is ${msWords(tolerance.p95)}`)
  const usual = tolerance.baseline === null ? null : pastOf(measure)
  if (usual?.p95 == null || tolerance.baseline === null) {
    if (tolerance.p95 !== null || p95 < unknownPastP95) return null
    return slow(`${msWords(unknownPastP95)} is the limit where its past is not known`)
  }
  const limit = usualLimit(usual.p95, tolerance.baseline)
  if (p95 < limit || !isSlower(tally, responses, usual.latency, usual.responses, limit)) return null
  return slow(`in the ${spanWords(measure.pastMs)} before it was ${msWords(usual.p95)}`)
}

/** p95 in milliseconds from which on it is slower than usual. */
export const usualLimit = (usual: number, factor: number): number => Math.max(usual * factor, usual + leastSlower)

function isSlower(tally: Tally, responses: number, past: Uint8Array | null, pastResponses: number, limit: number) {
  const now = shareAbove(tally.latency, limit)
  const before = shareAbove(past && [past], limit)
  if (now === null || before === null) return false
  return isBeyondChance(now, responses, Math.max(before, 1 / (pastResponses + 1)))
}

/** Denied and failed flows of an edge. */
export function stoppedFlows(tally: Tally, { tolerance }: Measure): Judgement | null {
  const total = verdictTotal(tally.verdicts)
  return (
    stopped(tally.verdicts.denied ?? 0, total, 'denied', mainDenial(tally), tolerance) ??
    stopped(tally.verdicts.error ?? 0, total, 'failed', '', tolerance)
  )
}

function stopped(n: number, total: number, what: string, reason: string, tolerance: Tolerance): Judgement | null {
  const limits = tolerance.denied
  if (n === 0 || n / total < limits.degraded) return null
  const health = n / total >= limits.failing ? 'failing' : 'degraded'
  const limit = n === total ? '' : `; its limit is ${percentWords(limits[health])}${setBy(tolerance)}`
  return { health, why: `${n} of ${total} flows ${what}${reason ? `: ${reason}` : ''}${limit}`, cause: 'denied' }
}

export function refusedCaller(outgoing: Tally): Judgement | null {
  const total = verdictTotal(outgoing.verdicts)
  const denied = outgoing.verdicts.denied ?? 0
  if (denied === 0 || denied / total < callerDenied) return null
  return { health: 'degraded', why: `${denied} of ${total} outgoing flows denied`, cause: 'refused' }
}

const pastOf = ({ usual }: Measure) => (usual && usual.responses >= minPastResponses ? usual : null)

const isClose = (a: number, b: number) => a < b * 1.5 && b < a * 1.5

/** ` by rule 2`; nothing for the built-in values. */
const setBy = ({ by }: Tolerance): string => (by ? ` by ${by}` : '')
