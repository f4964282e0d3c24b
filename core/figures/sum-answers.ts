import { codeBlame } from '../flows/answer-codes'
import type { OperationCounters } from '../operations/operation'
import type { CodeFigures, OperationFigures } from '../operations/operations'
import { addKnown, emptyTally, figuresOf, type Tally } from './tally'
import type { L7Protocol } from '../verdict'

type CodeSum = { readonly l7: L7Protocol; readonly code: string; responses: number }

/** Answers while they are added up: counts and latency, requests per second, responses by code. */
export type AnswerSum = { readonly tally: Tally; rate: number | null; readonly codes: Map<string, CodeSum> }

export const newAnswers = (): AnswerSum => ({ tally: emptyTally(), rate: null, codes: new Map() })

/** Adds what was counted in `seconds` of covered time. */
export function addAnswers(sum: AnswerSum, counters: OperationCounters, seconds: number): void {
  const { tally } = sum
  tally.requests = addKnown(tally.requests, counters.requests)
  tally.responses = addKnown(tally.responses, counters.responses)
  tally.clientErrors = addKnown(tally.clientErrors, counters.clientErrors)
  tally.serverErrors = addKnown(tally.serverErrors, counters.serverErrors)
  if (counters.latency && counters.latency.length > 0) (tally.latency ??= []).push(counters.latency)
  if (counters.requests !== null && seconds > 0) sum.rate = addKnown(sum.rate, counters.requests / seconds)
}

/** Adds responses of one code; `code` '': not told. */
export function addCode({ codes }: Pick<AnswerSum, 'codes'>, l7: L7Protocol, code: string, responses: number): void {
  if (responses <= 0) return
  const key = `${l7} ${code}`
  const known = codes.get(key)
  if (known) known.responses += responses
  else codes.set(key, { l7, code, responses })
}

/** Codes with their shares, most frequent first; what is not told comes last. */
export function codeFigures({ codes }: Pick<AnswerSum, 'codes'>): readonly CodeFigures[] {
  let total = 0
  for (const { responses } of codes.values()) total += responses
  return [...codes.values()]
    .sort(
      (a, b) =>
        Number(a.code === '') - Number(b.code === '') || b.responses - a.responses || (a.code < b.code ? -1 : 1),
    )
    .map(({ l7, code, responses }) => ({ l7, code, responses, share: responses / total, blame: codeBlame(l7, code) }))
}

/** Figures of what was added up. O(bytes of its sketches). */
export function answerFigures(sum: AnswerSum): Omit<OperationFigures, 'name' | 'l7' | 'health' | 'why'> {
  const { requests, responses, clientErrors, serverErrors, errorRatio, p50, p95, p99 } = figuresOf(sum.tally, 1)
  return {
    requests,
    requestRate: sum.rate,
    responses,
    clientErrors,
    serverErrors,
    errorRatio,
    p50,
    p95,
    p99,
    codes: codeFigures(sum),
  }
}
