import type { FlowObservation } from '@/core/observation'
import type { Protocol, Reporter, Verdict } from '@/core/verdict'
import { keyOfText } from '@/collectors/kit/key'
import { canonical, keyFields } from './canonical'
import { createEnds } from './ends'
import type { FlowKey, RawFlow } from './flow'
import { denialOf } from './reason'
import type { Received } from './received'
import { buildRecord } from './record'
import { createTwins } from './twins'

/** A key with all that follows from it alone. */
export type KnownKey = {
  readonly key: FlowKey
  readonly hash: bigint
  readonly reporter: Reporter
  readonly verdict: Verdict
  readonly reason: string
  readonly protocol: Protocol
  readonly port: number
}

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

export function knownKey(key: FlowKey): KnownKey {
  const verdict = key.action === 'Allow' ? 'allowed' : key.action === 'Deny' ? 'denied' : 'unknown'
  const protocol = protocols.get(key.proto.toLowerCase()) ?? 'unknown'
  return {
    key,
    hash: keyOfText(canonical(keyFields(key))),
    reporter: key.reporter === 'Src' ? 'source' : key.reporter === 'Dst' ? 'destination' : 'unknown',
    verdict,
    reason: verdict === 'denied' ? denialOf(key) : '',
    protocol,
    port: protocol === 'icmp' ? 0 : key.destPort,
  }
}

const protocols: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['tcp', 'tcp'],
  ['udp', 'udp'],
  ['sctp', 'sctp'],
  ['icmp', 'icmp'],
  ['icmp6', 'icmp'],
  ['icmpv6', 'icmp'],
])

const notTold: Received = { type: 'ignored', reason: 'no time' }
const nothing: Received = { type: 'ignored', reason: 'nothing counted' }
const badTime: Received = { type: 'malformed', reason: 'no time' }
/** Year 9999. */
const maxSeconds = 253_402_300_800
const maxSpan = 3_600

/** The rules that every flow goes through, whichever way it came. Src and Dst stay two observations: they differ in `reporter` and are never added. */
export function createObserve({ cluster, node = '', windowSeconds }: ObserveOptions): Observe {
  const ends = createEnds()
  const twins = createTwins()

  return (known, flow) => {
    const { start } = flow
    // List gives keys of a bucket that its end cuts, with no figures and no time.
    if (start === 0) return notTold
    if (!(start > 0 && start < maxSeconds)) return badTime
    const figures = figuresOf(known, flow, windowSeconds)
    if (!figures) return nothing
    const span = flow.end > start ? Math.min(flow.end - start, maxSpan) : windowSeconds
    return {
      type: 'flow',
      time: start * 1000,
      spanMs: span * 1000,
      ...(node && { family: 'goldmane' as const }),
      key: keyOfText(identity(known, flow)),
      cluster,
      reporter: known.reporter,
      from: ends.from(known.key, flow.sourceLabels),
      to: ends.to(known.key, flow.destLabels),
      fromIp: '',
      toIp: '',
      port: known.port,
      protocol: known.protocol,
      verdict: known.verdict,
      reason: known.reason,
      encryption: 'unknown',
      counts: true,
      ...figures,
      record: () => buildRecord(known, flow, node),
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

type Figures = Pick<FlowObservation, 'flows' | 'connections' | 'connectionSeconds' | 'bytesSent' | 'bytesReceived'>

/**
 * null: nothing happened in this span. Felix counts in and out of the endpoint that reports
 * (felix/collector/stats.go, MetricUpdate*): for Src, out is from the caller to the callee; for Dst, in is.
 */
function figuresOf(known: KnownKey, flow: RawFlow, windowSeconds: number): Figures | null {
  const { bytesIn, bytesOut } = flow
  const quiet = flow.packetsIn + flow.packetsOut + bytesIn + bytesOut === 0 && !flow.started
  // A denied key is told as live long after its last packet.
  if (quiet && (known.verdict === 'denied' || !flow.live)) return null
  const bytes =
    known.reporter === 'source'
      ? { bytesSent: bytesOut, bytesReceived: bytesIn }
      : known.reporter === 'destination'
        ? { bytesSent: bytesIn, bytesReceived: bytesOut }
        : {}
  if (known.verdict === 'denied') {
    // One that is tried again over and over is started once.
    const refused = Math.max(flow.started ?? 0, 1)
    return { ...bytes, flows: refused, connections: refused }
  }
  const { started, completed, live } = flow
  if (started === null || completed === null || live === null) return bytes
  return {
    ...bytes,
    flows: started,
    connections: started,
    connectionSeconds: openSeconds(started, completed, live, windowSeconds),
  }
}

/**
 * `live` is how many were open at any moment of a window (felix/collector/flowlog/types.go), so `live - started` were open
 * at its start and `live - completed` at its end: their mean, times the window. A sum over windows adds
 * up too, so it is never multiplied by its whole span. Those opened and closed within one window add nothing.
 */
const openSeconds = (started: number, completed: number, live: number, windowSeconds: number) =>
  Math.max(0, live - (started + completed) / 2) * windowSeconds
