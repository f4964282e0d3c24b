import type { EndLookup } from '../find-end'
import { findEnd, type FlowQuestion } from '../flow-question'
import type { RecordedEnd, RecordedFlow, ServiceEnd } from './recorded-flow'

/** Collects flows of files as records, equal ones as one. */
export type FlowRecorder = {
  /** A sentence where the flow makes no sense. An end that is not there makes an unknown one. */
  readonly add: (question: FlowQuestion) => string | null
  /** Without times the evidence has no days, and merges with any other. */
  readonly records: () => readonly RecordedFlow[]
  /** Whether any flow told when it was seen. */
  readonly anyTimes: () => boolean
}

type Seen = {
  readonly flow: Omit<RecordedFlow, 'evidence'>
  count: number
  first: number
  last: number
  days: Set<number>
}

const day = 86_400_000

/** O(distinct flows) of memory. */
export function flowRecorder(lookup: EndLookup): FlowRecorder {
  const seen = new Map<string, Seen>()
  let anyTimes = false
  return {
    add: ({ count = 1, first, last, ...question }) => {
      const times = [first, last].flatMap((time) => time ?? [])
      const key = JSON.stringify(question)
      const known = seen.get(key)
      const flow = known?.flow ?? flowOf(question, lookup)
      if (typeof flow === 'string') return flow
      const one = known ?? { flow, count: 0, first: Infinity, last: -Infinity, days: new Set<number>() }
      seen.set(key, one)
      one.count += count
      one.first = Math.min(one.first, ...times)
      one.last = Math.max(one.last, ...times)
      for (const time of times) one.days.add(Math.floor(time / day))
      anyTimes ||= times.length > 0
      return null
    },
    records: () =>
      [...seen.values()].map(({ flow, count, first, last, days }) => ({
        ...flow,
        evidence: { count, first, last, days: days.size },
      })),
    anyTimes: () => anyTimes,
  }
}

type Question = Omit<FlowQuestion, 'count' | 'first' | 'last'>

function flowOf(question: Question, lookup: EndLookup): Omit<RecordedFlow, 'evidence'> | string {
  const from = recordedEnd('from', question.from, lookup)
  if (typeof from === 'string') return from
  if (from.type === 'service') return `from: Service ${from.namespace}/${from.name} opens no connections`
  const to = recordedEnd('to', question.to, lookup)
  if (typeof to === 'string') return to
  const { protocol, port = null, reply, verdict, dns } = question
  const names = dns === undefined ? undefined : [dns].flat()
  return {
    from,
    to: names && to.type === 'external' ? { ...to, names } : to,
    protocol,
    port,
    reply: reply === true ? 'yes' : 'no',
    observed: observedOf(verdict),
  }
}

function recordedEnd(side: string, end: FlowQuestion['to'], lookup: EndLookup): RecordedEnd | ServiceEnd | string {
  const found = findEnd(end, lookup)
  if ('end' in found) return found.end
  if ('service' in found) return { type: 'service', namespace: found.service.namespace, name: found.service.name }
  return found.missing === true ? { type: 'unknown', why: 'not-known' } : `${side}: ${found.problem}`
}

function observedOf(verdict: FlowQuestion['verdict']): RecordedFlow['observed'] {
  if (verdict === 'forwarded' || verdict === 'allowed') return 'forwarded'
  return verdict === 'dropped' || verdict === 'denied' ? 'dropped' : 'unknown'
}
