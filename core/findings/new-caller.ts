import { endpointType, type Endpoint } from '../endpoint'
import { isOutside, spokenName } from '../redact'
import type { Call } from '../witness/traffic'
import { countWords, listWords, spanWords } from '../text/words'
import { storedIds } from '../world'
import { affectedOf, type Audit, callId, callName, witnessOf } from './context'
import type { Draft } from './finding'

/** A shorter past does not tell that something is new. */
const leastPastMs = 1_800_000
const leastSeen = 5

/** Calls of an edge that the past never saw, by caller. A caller that is new itself is one finding. */
export const newCaller: Audit = ({ traffic, baseline, world }) => {
  if (!baseline || baseline.window.to - baseline.window.from < leastPastMs) return []
  const known = new Set([...baseline.edges.values()].flatMap(({ edge }) => [edge.from, edge.to]).map(nameOf))
  const byCaller = new Map<string, Call[]>()
  for (const call of traffic.calls) {
    const { edge, tally } = call
    if (isOutside(edge.from) || storedIds(call).some((id) => baseline.edges.has(id))) continue
    if (!isParty(edge.from) || !isParty(edge.to) || !((tally.verdicts.allowed ?? tally.requests ?? 0) >= leastSeen))
      continue
    byCaller.set(call.fromKey, [...(byCaller.get(call.fromKey) ?? []), call])
  }
  const past = spanWords(baseline.window.to - baseline.window.from)
  return [...byCaller].map(([key, calls]): Draft => {
    const [first] = calls
    const caller = first?.edge.from.name ?? ''
    const single = calls.length === 1 && first ? first : null
    const isNew = first ? !known.has(nameOf(first.edge.from)) : false
    const callees = calls.map(({ edge }) => edge.to)
    return {
      audit: 'new-caller',
      severity: 'notice',
      title: isNew
        ? `${caller} is new`
        : single
          ? `${callName(single)} is a new call`
          : `${caller} makes ${countWords(calls.length, 'new call')}`,
      sentence: `${caller} calls ${listWords([...new Set(callees.map(spokenName))])}, which it did not in the ${past} before.`,
      subject: single ? callId(single) : key,
      endpoints: [key, ...calls.map(({ toKey }) => toKey)],
      affected: callees.map(affectedOf),
      evidence: calls.slice(0, 3).map((call) => ({
        figure: callName(call),
        value: `${call.tally.requests ?? call.tally.verdicts.allowed ?? 0} seen`,
        witness: witnessOf(call, world),
      })),
      watch: null,
      weight: calls.length,
    }
  })
}

const isParty = (endpoint: Endpoint): boolean => {
  const type = endpointType(endpoint)
  return type !== 'node' && type !== 'unknown'
}

const nameOf = ({ cluster, namespace, kind, name }: Endpoint): string => [cluster, namespace, kind, name].join('/')
