import { endpointType } from '../endpoint'
import { isOutside } from '../redact'
import { type Call, sumOf } from '../witness/traffic'
import { percentWords, spanWords } from '../text/words'
import { storedIds } from '../world'
import { affectedOf, type Audit, witnessOf } from './context'
import type { Draft } from './finding'

const leastAnswers = 50
/** How much more of the answers than usual, 0..1, and how many times as much. */
const leastMore = 0.1
const factor = 1.5

/** Callers that DNS tells NXDOMAIN far more often than usual: a name is wrong, or is gone. What `ndots` misses all the time is usual. */
export const nameNotFound: Audit = ({ traffic, baseline, world }) => {
  if (!baseline) return []
  const byCaller = new Map<string, Call[]>()
  for (const call of traffic.calls) {
    if (isOutside(call.edge.from) || call.l7 !== 'dns' || endpointType(call.edge.from) === 'node') continue
    byCaller.set(call.fromKey, [...(byCaller.get(call.fromKey) ?? []), call])
  }
  return [...byCaller].flatMap(([key, calls]): Draft[] => {
    const [first] = calls
    const { responses, clientErrors } = sumOf(calls) ?? { responses: null, clientErrors: null }
    if (!first || !responses || clientErrors === null || responses < leastAnswers) return []
    let answersBefore = 0
    let missedBefore = 0
    for (const usual of new Set(calls.flatMap(storedIds).map((id) => baseline.edges.get(id)))) {
      if (!usual || usual.clientErrorRatio === null) continue
      answersBefore += usual.responses
      missedBefore += usual.responses * usual.clientErrorRatio
    }
    if (answersBefore < leastAnswers) return []
    const now = clientErrors / responses
    const before = missedBefore / answersBefore
    if (now - before < leastMore || now < before * factor) return []
    const { name } = first.edge.from
    return [
      {
        audit: 'name-not-found',
        severity: 'degraded',
        title: `${name} looks up names that do not exist`,
        sentence: `${percentWords(now)} of its DNS lookups are told NXDOMAIN; usual in the ${spanWords(baseline.window.to - baseline.window.from)} before was ${percentWords(before)}.`,
        subject: key,
        endpoints: [key],
        affected: [affectedOf(first.edge.from)],
        evidence: [{ figure: 'NXDOMAIN', value: `${clientErrors} of ${responses}`, witness: witnessOf(first, world) }],
        watch: null,
        weight: now - before,
      },
    ]
  })
}
