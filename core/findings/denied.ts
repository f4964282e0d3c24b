import { endpointType } from '../endpoint'
import { judgeEdge } from '../health/health'
import { isOutside, spokenName } from '../redact'
import { mainDenial, verdictTotal } from '../figures/tally'
import { type Call, sumOf } from '../witness/traffic'
import { countWords, listWords, spanWords } from '../text/words'
import { storedIds } from '../world'
import { affectedOf, type Audit, type AuditContext, callId, callName, witnessOf } from './context'
import type { Draft } from './finding'

/** Callers that are refused, by callee. What was refused all along is a notice: a policy that does its work. */
export const denied: Audit = (context) => {
  const { traffic, measures } = context
  const byCallee = new Map<string, Call[]>()
  for (const call of traffic.calls) {
    const { cause } = judgeEdge(call.tally, measures.ofEdge(call, call.l7))
    if (cause !== 'denied' || !call.tally.verdicts.denied) continue
    // What stands for many is no one callee.
    const key = isOutside(call.edge.to) ? callId(call) : call.toKey
    const known = byCallee.get(key)
    if (known) known.push(call)
    else byCallee.set(key, [call])
  }
  return [...byCallee.values()].flatMap((calls) => {
    const fresh = calls.filter((call) => !wasDenied(call, context))
    const old = calls.filter((call) => wasDenied(call, context))
    return [
      fresh.length > 0 ? draftOf(fresh, true, context) : null,
      old.length > 0 ? draftOf(old, false, context) : null,
    ].filter((draft) => draft !== null)
  })
}

function draftOf(calls: readonly [Call, ...Call[]] | readonly Call[], fresh: boolean, context: AuditContext): Draft {
  const [first] = calls
  const sum = sumOf(calls)
  const single = first && new Set(calls.map(callId)).size === 1 ? first : null
  const callers = calls.map(({ edge }) => edge.from)
  const callee = first?.edge.to
  const n = sum?.verdicts.denied ?? 0
  const total = sum ? verdictTotal(sum.verdicts) : 0
  const reason = sum ? mainDenial(sum) : ''
  const wholly = n === total
  const past = pastWords(calls, fresh, context)
  return {
    audit: 'denied',
    severity: fresh ? (wholly ? 'failing' : 'degraded') : 'notice',
    title: single
      ? `${callName(single)} is ${fresh && past ? 'newly ' : ''}denied`
      : `${countWords(calls.length, 'caller')} of ${callee ? spokenName(callee) : ''} are ${fresh && past ? 'newly ' : ''}denied`,
    sentence: [
      `${wholly ? 'All' : n} ${wholly ? n : `of ${total}`} flows of ${listWords([...new Set(callers.map(spokenName))])} to ${callee ? spokenName(callee) : ''} are denied${reason ? `: ${reason}` : ''}.`,
      past,
    ]
      .filter(Boolean)
      .join(' '),
    subject: single ? callId(single) : (first?.toKey ?? null),
    endpoints: [...new Set(calls.flatMap(({ fromKey, toKey }) => [fromKey, toKey]))],
    affected: callers.filter((caller) => endpointType(caller) !== 'node').map(affectedOf),
    evidence: [
      { figure: 'denied flows', value: `${n} of ${total}`, witness: single && witnessOf(single, context.world) },
    ],
    watch: null,
    weight: calls.length,
  }
}

const usualOf = (call: Call, { baseline }: AuditContext) =>
  storedIds(call)
    .map((id) => baseline?.edges.get(id))
    .find((usual) => usual !== undefined)

const wasDenied = (call: Call, context: AuditContext): boolean => (usualOf(call, context)?.denied ?? 0) > 0

function pastWords(calls: readonly Call[], fresh: boolean, context: AuditContext): string {
  const { baseline } = context
  if (!baseline) return ''
  const span = spanWords(baseline.window.to - baseline.window.from)
  if (!fresh) return `So it was in the ${span} before.`
  return calls.some((call) => usualOf(call, context)) ? `None was in the ${span} before.` : ''
}
