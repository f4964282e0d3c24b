import type { FlowRecord } from '@/core/observation'
import type { Verdict } from '@/core/verdict'
import { keyOfText } from '@/collectors/kit/key'
import { createEnds } from './ends'
import type { RawFlow } from './flow'
import type { KnownKey } from './known-key'
import type { Received } from './received'
import { buildRecord } from './record'
import { createTwins } from './twins'

export type ObserveOptions = {
  /** Name of the observed cluster. */
  readonly cluster: string
  /** Node that counted, where one node alone is read. */
  readonly node?: string
  /** Seconds of a flow that tells only its start: one bucket of Goldmane, one flush of Felix. */
  readonly windowSeconds: number
}

/** Goldmane's bucket (AGGREGATION_WINDOW of its deployment). */
export const goldmaneWindow = 15

export type Observe = (known: KnownKey, flow: RawFlow) => Received

const notTold: Received = { type: 'ignored', reason: 'no time' }
const nothing: Received = { type: 'ignored', reason: 'nothing counted' }
const badTime: Received = { type: 'malformed', reason: 'no time' }
/** Year 9999. */
const maxSeconds = 253_402_300_800
const maxSpan = 3_600

/**
 * The rules that every flow goes through, whichever way it came. Src and Dst stay two observations: they differ in
 * `reporter` and are never added.
 */
export function createObserve({ cluster, node = '', windowSeconds }: ObserveOptions): Observe {
  const ends = createEnds()
  const twins = createTwins()
  const family = node ? 'goldmane' : undefined

  return (known, flow) => {
    const { start } = flow
    // List gives keys of a bucket that its end cuts, with no figures and no time.
    if (start === 0) return notTold
    if (!(start > 0 && start < maxSeconds)) return badTime
    const { reporter, verdict, reason, protocol, port } = known
    // A denied key is told as live long after its last packet.
    const quiet = isQuiet(flow)
    if (quiet && (verdict === 'denied' || !flow.live)) return nothing
    const time = start * 1000
    const spanMs = 1000 * (flow.end > start ? Math.min(flow.end - start, maxSpan) : windowSeconds)
    const connections = connectionsOf(verdict, flow)
    return {
      type: 'flow',
      time,
      spanMs,
      family,
      key: keyOfText(identity(known, flow)),
      cluster,
      reporter,
      from: ends.from(known, flow.sourceLabels),
      to: ends.to(known, flow.destLabels),
      fromIp: '',
      toIp: '',
      port,
      protocol,
      verdict,
      reason,
      encryption: 'unknown',
      counts: true,
      flows: connections,
      connections: verdict === 'denied' ? undefined : connections,
      connectionSeconds: verdict === 'denied' ? undefined : openSeconds(flow, windowSeconds),
      // Felix counts in and out of the endpoint that reports (felix/collector/stats.go, MetricUpdate*):
      // for Src, out is from the caller to the callee; for Dst, in is.
      bytesSent: reporter === 'source' ? flow.bytesOut : reporter === 'destination' ? flow.bytesIn : undefined,
      bytesReceived: reporter === 'source' ? flow.bytesIn : reporter === 'destination' ? flow.bytesOut : undefined,
      record: lazyRecord(known, flow, node),
    }
  }

  /** What names a record for ever. With an id a bucket that is told again, perhaps with what came late, is the same record. */
  function identity(known: KnownKey, flow: RawFlow): string {
    const { id, start, end } = flow
    if (id !== 0) return `${known.hash} ${start} ${twins.ordinal(known.hash, start, id)}`
    const { packetsIn, packetsOut, bytesIn, bytesOut, started, completed, live } = flow
    return `${node} ${known.hash} ${start} ${end} ${packetsIn} ${packetsOut} ${bytesIn} ${bytesOut} ${started} ${completed} ${live}`
  }
}

/** A function of its own, so that no name is given to a closure per flow. */
function lazyRecord(known: KnownKey, flow: RawFlow, node: string): () => FlowRecord {
  return () => buildRecord(known, flow, node)
}

const isQuiet = (flow: RawFlow) =>
  flow.packetsIn + flow.packetsOut + flow.bytesIn + flow.bytesOut === 0 && !flow.started

/** Opened or refused; what is tried again and again without a pause is started once only. */
const connectionsOf = (verdict: Verdict, { started }: RawFlow): number | undefined =>
  verdict === 'denied' ? Math.max(started ?? 0, 1) : (started ?? undefined)

/**
 * `live` is how many were open at any moment of a window (felix/collector/flowlog/types.go), so `live - started` were open
 * at its start and `live - completed` at its end: their mean, times the window. A sum over windows adds
 * up too, so it is never multiplied by its whole span. Those opened and closed within one window add nothing.
 */
function openSeconds({ started, completed, live }: RawFlow, windowSeconds: number): number | undefined {
  if (started === null || completed === null || live === null) return undefined
  return Math.max(0, live - (started + completed) / 2) * windowSeconds
}
