import { medianOf } from '../figures/median'
import { compactSketch, type Sketch } from '../figures/sketch'
import { percentilesOf } from '../figures/percentiles'
import { addKnown, percentilesOfTally, type Tally } from '../figures/tally'
import { minPastResponses } from './tolerances'
import type { Usual } from '../world'

/** What is kept of an edge or a node in a part of the past: of a large installation there are some 100,000 of them. */
export type PastPart = {
  readonly responses: number | null
  readonly serverErrors: number | null
  readonly clientErrors: number | null
  /** Milliseconds; null where too few responses tell, or nobody told how long they took. */
  readonly p95: number | null
  readonly latency: Sketch | null
  readonly requestRate: number | null
  readonly flowRate: number | null
  /** Flows that were denied. */
  readonly denied: number
}

/** `seconds`: of the part, that were covered. */
export function pastPart(tally: Tally, seconds: number): PastPart {
  const { responses, serverErrors, clientErrors, latency } = tally
  // In which it was not seen at all counts nothing: whether it was silent or unseen is not told apart.
  const rate = (figure: 'requests' | 'flows') => {
    const n = tally[figure]
    return n === null || seconds <= 0 ? null : (tally.rates?.[figure] ?? n / seconds)
  }
  return {
    responses,
    serverErrors,
    clientErrors,
    p95: isTelling(responses) ? percentilesOfTally(tally)[1] : null,
    latency: latency && joinSketches(latency),
    requestRate: rate('requests'),
    flowRate: rate('flows'),
    denied: tally.verdicts.denied ?? 0,
  }
}

/** What is usual by the parts in which it was seen. O(bytes of their sketches). */
export function usualOf(parts: readonly PastPart[]): Usual {
  const responses = parts.reduce((sum, part) => sum + (part.responses ?? 0), 0)
  // A part with few responses says little; where all have few, all of them together may say enough.
  const telling = parts.filter((part) => isTelling(part.responses))
  const told = telling.length > 0 ? telling : [together(parts)]
  const enough = isTelling(responses)
  const sketches = parts.flatMap(({ latency }) => latency ?? [])
  return {
    responses,
    errorRatio: enough ? ratio(told, 'serverErrors') : null,
    clientErrorRatio: enough ? ratio(told, 'clientErrors') : null,
    p95: enough ? median(told.map(({ p95 }) => p95)) : null,
    latency: sketches.length > 0 ? compactSketch(joinSketches(sketches)) : null,
    requestRate: median(parts.map(({ requestRate }) => requestRate)),
    flowRate: median(parts.map(({ flowRate }) => flowRate)),
    parts: parts.length,
  }
}

const isTelling = (responses: number | null): boolean => (responses ?? 0) >= minPastResponses

type Answered = Pick<PastPart, 'responses' | 'serverErrors' | 'clientErrors' | 'p95'>

const together = (parts: readonly PastPart[]): Answered => ({
  responses: parts.reduce<number | null>((sum, part) => addKnown(sum, part.responses), null),
  serverErrors: parts.reduce<number | null>((sum, part) => addKnown(sum, part.serverErrors), null),
  clientErrors: parts.reduce<number | null>((sum, part) => addKnown(sum, part.clientErrors), null),
  p95:
    percentilesOf(
      parts.flatMap(({ latency }) => latency ?? []),
      [0.95],
    )[0] ?? null,
})

const ratio = (parts: readonly Answered[], errors: 'serverErrors' | 'clientErrors'): number | null =>
  median(parts.map(({ [errors]: failed, responses }) => (responses && failed !== null ? failed / responses : null)))

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : medianOf(known)
}

/** Chunks of a sketch follow each other, so sketches put together are one. */
function joinSketches(sketches: readonly Sketch[]): Sketch {
  const [only] = sketches
  if (only && sketches.length === 1) return only
  const joined = new Uint8Array(sketches.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const sketch of sketches) {
    joined.set(sketch, at)
    at += sketch.length
  }
  return joined
}
