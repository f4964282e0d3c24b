import type { PolicyGround } from '../ground'
import type { RecordedEnd, RecordedFlow } from '../suggest/recorded-flow'
import { endOfGround } from './ground-end'

/** Recorded traffic as suggestions are made of it: what was let pass and what was stopped are flows of their own. */
export function groundFlows(ground: PolicyGround): readonly RecordedFlow[] {
  return ground.edges.flatMap(({ from, to, protocol, port, allowed, denied, evidence, lastAllowed, lastDenied }) => {
    const flow = {
      from: recordedEnd(ground, from),
      to: recordedEnd(ground, to),
      protocol,
      port,
      reply: 'no',
    } as const
    const untold = Math.max(0, evidence.count - (allowed ?? 0) - (denied ?? 0))
    const parts: readonly (readonly [RecordedFlow['observed'], number, number | null])[] = [
      ['forwarded', allowed ?? 0, lastAllowed],
      ['dropped', denied ?? 0, lastDenied],
      ['unknown', allowed === null ? untold : 0, null],
    ]
    return parts.flatMap(([observed, count, last]): readonly RecordedFlow[] =>
      count === 0 ? [] : [{ ...flow, observed, evidence: { ...evidence, count, last: last ?? evidence.last } }],
    )
  })
}

function recordedEnd(ground: PolicyGround, end: PolicyGround['edges'][number]['from']): RecordedEnd {
  if (end.type === 'unknown') return end
  return endOfGround(ground, end) ?? { type: 'unknown', why: 'not-known' }
}
