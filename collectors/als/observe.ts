import type { FlowObservation, FlowRecord, Observation, RequestObservation } from '@/core/observation'
import type { EncryptionEvidence } from '@/core/verdict'
import { type Ends, createEnds } from './ends'
import { type Outcome, outcomeOf } from './flags'
import type { Proxy } from './proxy'
import type { RawEntry } from './raw-entry'
import { type RecordContext } from './record'

/** Turns a final entry into the observation of a call; null where its time is out of range. */
export type Observe = (
  raw: RawEntry,
  proxy: Proxy,
  key: bigint,
  record: (context: RecordContext) => FlowRecord,
) => Observation | null

export type Evidence = 'full' | 'no TLS'

const maxSpanMs = 3_600_000
/** gRPC codes that are the caller's doing: CANCELLED, INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION, OUT_OF_RANGE, UNAUTHENTICATED. */
const grpcCaller: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 9, 11, 16])

/**
 * The rules of every entry, whichever way it came. `evidence`: whether its silence about TLS says
 * something; a line of a text log leaves TLS out.
 */
export function createObserve(cluster: string, evidence: Evidence = 'full'): Observe {
  const endsOf = createEnds()

  return (raw, proxy, key, record) => {
    const ends = endsOf(raw, proxy)
    const durationMs = durationOf(raw)
    const end = raw.start + durationMs
    if (!Number.isFinite(end)) return null
    const { verdict, reason } = verdictOf(raw)
    const base = {
      key,
      cluster,
      reporter: ends.reporter,
      from: ends.from,
      to: ends.to,
      fromIp: ends.fromIp,
      toIp: ends.toIp,
      port: ends.port,
      protocol: raw.direct.udp || raw.local.udp ? ('udp' as const) : ('tcp' as const),
      verdict,
      reason,
      encryption: evidence === 'full' ? encryptionOf(raw, ends) : ('unknown' as const),
      counts: !ends.tunnel,
    }
    const status = raw.http ? statusOf(raw) : undefined
    const context: RecordContext = { sourcePort: ends.sourcePort, status, time: raw.http ? end : raw.start, proxy }
    const lazy = lazyRecord(record, context)
    return raw.http
      ? { ...base, ...requestOf(raw, end), record: lazy }
      : { ...base, ...flowOf(raw, end, key), record: lazy }
  }
}

/** A function of its own, so that no name is given to a closure per entry. */
function lazyRecord(record: (context: RecordContext) => FlowRecord, context: RecordContext): () => FlowRecord {
  return () => record(context)
}

/** Milliseconds; 0 where the entry tells none. */
function durationOf(raw: RawEntry): number {
  if (raw.duration >= 0) return raw.duration
  if (raw.lastTx >= 0) return raw.latest > raw.lastTx ? raw.latest : raw.lastTx
  return raw.latest >= 0 ? raw.latest : 0
}

const blackhole: Outcome = { verdict: 'denied', reason: 'BlackHoleCluster' }

/** Istio's REGISTRY_ONLY answers for hosts that nobody registered, by cluster (TCP) or by route (HTTP). */
const verdictOf = (raw: RawEntry): Outcome =>
  raw.cluster?.kind === 'blackhole' || raw.routeName === 'block_all'
    ? blackhole
    : outcomeOf(raw.flags, raw.responseDetails, raw.terminationDetails)

const tls12 = 3

/**
 * TLS is told of the caller's connection to the proxy, so only a proxy on the callee's side can speak
 * for the call: with a URI in the caller's certificate it is mutual. A server name alone proves nothing.
 * Within Envoy (a waypoint, an internal listener) the outer connection's TLS is not told.
 */
export function encryptionOf(raw: RawEntry, ends: Pick<Ends, 'inbound' | 'reporter'>): EncryptionEvidence {
  if (ends.reporter === 'source') return 'unknown'
  if (raw.peerUri !== '') return raw.tlsVersion >= tls12 ? 'mtls' : raw.tlsVersion > 0 ? 'tls' : 'unknown'
  if (raw.tlsVersion > 0) return 'tls'
  return ends.inbound && !raw.direct.internal && !raw.local.internal && raw.sni === '' ? 'plaintext' : 'unknown'
}

const post = 3
const connect = 6
const http2 = 3
const switching = 101

const isGrpc = (raw: RawEntry) =>
  raw.grpcType || raw.grpcStatus >= 0 || (raw.grpcAgent && raw.grpcPath && raw.method === post && raw.version >= http2)

function statusOf(raw: RawEntry): number | undefined {
  if (raw.grpcStatus >= 0) return raw.grpcStatus
  return raw.code > 0 && !isGrpc(raw) ? raw.code : undefined
}

type RequestOnly = Pick<
  RequestObservation,
  'type' | 'time' | 'l7' | 'requests' | 'responses' | 'clientErrors' | 'serverErrors' | 'latency'
>

/** Of the moment when it ended. Upgraded connections last as long as they like, which is no latency. */
function requestOf(raw: RawEntry, end: number): RequestOnly {
  const answered = raw.code > 0
  const blame = answered ? blameOf(raw) : null
  const latency = raw.lastTx >= 0 ? raw.lastTx : raw.duration
  const timed = answered && raw.code !== switching && raw.method !== connect && latency >= 0
  return {
    type: 'request',
    time: end,
    l7: isGrpc(raw) ? 'grpc' : 'http',
    requests: 1,
    responses: answered ? 1 : 0,
    clientErrors: blame === 'caller' ? 1 : 0,
    serverErrors: blame === 'callee' ? 1 : 0,
    latency: timed ? latency : undefined,
  }
}

function blameOf({ grpcStatus, code }: RawEntry): 'caller' | 'callee' | null {
  if (grpcStatus > 0) return grpcCaller.has(grpcStatus) ? 'caller' : 'callee'
  if (code < 400) return null
  return code < 500 ? 'caller' : 'callee'
}

type FlowOnly = Pick<
  FlowObservation,
  'type' | 'time' | 'spanMs' | 'flows' | 'connections' | 'connectionSeconds' | 'bytesSent' | 'bytesReceived'
>

/** A connection from its opening to its end; of a longer one than an hour all is told of its last hour. */
function flowOf(raw: RawEntry, end: number, key: bigint): FlowOnly {
  const durationMs = end - raw.start
  const spanMs = Math.min(durationMs, maxSpanMs)
  const sent = raw.received >= 0 ? raw.received : raw.wireReceived
  const received = raw.sent >= 0 ? raw.sent : raw.wireSent
  return {
    type: 'flow',
    time: end - spanMs,
    spanMs,
    flows: 1,
    connections: 1,
    connectionSeconds: wholeSeconds(durationMs, key),
    bytesSent: sent >= 0 ? sent : undefined,
    bytesReceived: received >= 0 ? received : undefined,
  }
}

/** Counters are whole numbers. Rounded up or down by the record's own key, so that many short connections add up right. */
const wholeSeconds = (ms: number, key: bigint) => Math.floor(ms / 1000 + Number(key & 0xffffn) / 0x10000)
