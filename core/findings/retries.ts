import { calleeShares } from '../health/blame-shares'
import { secondsOf } from '../series/covered'
import { isOutside, spokenName } from '../redact'
import type { Call, Traffic } from '../witness/traffic'
import { storedIds } from '../world'
import { affectedOf, type Audit, callId, callName, witnessOf } from './context'
import type { Draft } from './finding'

/** How many times more calls a request than usual. */
const factor = 1.5
const leastCalls = 100
/** Of fewer usual calls a request nobody can tell how many are too many. */
const leastUsual = 0.05
/** Calls that fail less are not tried again. */
const leastErrors = 0.01

/** Whether requests in and calls out were counted by one kind of witness: a sample of the one by a count of the other is no ratio. */
const countedAlike = (call: Call, traffic: Traffic): boolean =>
  calleeShares(traffic, call.fromKey).some((share) => share.call === call && share.exact)

/** Callers that make more calls a request than usual to a callee that fails: retries add to its load. */
export const retries: Audit = ({ world, baseline, traffic }) =>
  traffic.calls.flatMap((call): Draft[] => {
    const { tally, edge } = call
    if (isOutside(edge.from)) return []
    const usual = storedIds(call)
      .map((id) => baseline?.edges.get(id))
      .find((found) => found !== undefined)
    const before = baseline?.nodes.get(call.fromKey)
    const received = traffic.received(call.fromKey)?.requests
    if (!usual?.requestRate || !before?.requestRate || !received || (tally.requests ?? 0) < leastCalls) return []
    if (!tally.responses || (tally.serverErrors ?? 0) / tally.responses < leastErrors) return []
    if (secondsOf(world, edge.to.cluster) <= 0) return []
    const now = (tally.requests ?? 0) / received
    const then = usual.requestRate / before.requestRate
    if (then < leastUsual || now < then * factor || !countedAlike(call, traffic)) return []
    return [
      {
        audit: 'retries',
        severity: 'degraded',
        title: `${callName(call)} is tried again and again`,
        sentence: `${edge.from.name} makes ${now.toFixed(1)} calls a request to ${spokenName(edge.to)}, which fails; usual are ${then.toFixed(1)}. The further calls add to its load.`,
        subject: callId(call),
        endpoints: [call.fromKey, call.toKey],
        affected: [affectedOf(edge.from)],
        evidence: [{ figure: 'calls a request', value: now.toFixed(1), witness: witnessOf(call, world) }],
        watch: null,
        weight: now / then,
      },
    ]
  })
