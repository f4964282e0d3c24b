import { codeWord, grpcCallerCodes } from '@/core/flows/answer-codes'
import type { FlowRecord, Observation } from '@/core/observation'
import type { EncryptionEvidence, Reporter } from '@/core/verdict'
import { createEnds } from './ends'
import { flagsOf, type Outcome, outcomeOf } from './flags'
import { createOperationNames } from './operation'
import type { Proxy } from './proxy'
import type { RawEntry } from './raw-entry'
import type { RecordContext } from './record'

/** Turns a final entry into the observation of a call; null where its time is out of range. */
export type Observe = (
  raw: RawEntry,
  proxy: Proxy,
  key: bigint,
  record: (context: RecordContext) => FlowRecord,
) => Observation | null

export type Evidence = 'full' | 'no TLS'

const maxSpanMs = 3_600_000

/**
 * The rules of every entry, whichever way it came. `evidence`: whether its silence about TLS says
 * something; a line of a text log leaves TLS out.
 */
export function createObserve(cluster: string, evidence: Evidence = 'full'): Observe {
  const endsOf = createEnds()
  const operationOf = createOperationNames()

  return (raw, proxy, key, record) => {
    const { reporter, from, to, fromIp, toIp, port, sourcePort, inbound, tunnel } = endsOf(raw, proxy)
    const durationMs = durationOf(raw)
    const end = raw.start + durationMs
    if (!Number.isFinite(end)) return null
    const { verdict, reason } = verdictOf(raw)
    const protocol = raw.direct.udp || raw.local.udp ? 'udp' : 'tcp'
    const encryption = evidence === 'full' ? encryptionOf(raw, reporter, inbound) : 'unknown'
    const counts = !tunnel
    // Written out, because spreading parts into one another took a third of all the time.
    if (!raw.http) {
      const spanMs = Math.min(durationMs, maxSpanMs)
      const sent = raw.received >= 0 ? raw.received : raw.wireReceived
      const received = raw.sent >= 0 ? raw.sent : raw.wireSent
      return {
        type: 'flow',
        // A connection is told from its opening to its end; one longer than an hour, in its last hour.
        time: end - spanMs,
        spanMs,
        key,
        cluster,
        reporter,
        from,
        to,
        fromIp,
        toIp,
        port,
        protocol,
        verdict,
        reason,
        encryption,
        counts,
        flows: 1,
        connections: 1,
        connectionSeconds: wholeSeconds(durationMs, key),
        bytesSent: sent >= 0 ? sent : undefined,
        bytesReceived: received >= 0 ? received : undefined,
        record: lazyRecord(record, sourcePort, undefined, proxy),
      }
    }
    const answered = raw.code > 0
    const grpc = isGrpc(raw)
    const blame = answered ? blameOf(raw) : null
    return {
      type: 'request',
      // Of the moment when it ended.
      time: end,
      key,
      cluster,
      reporter,
      from,
      to,
      fromIp,
      toIp,
      port,
      protocol,
      verdict,
      reason,
      encryption,
      counts,
      l7: grpc ? 'grpc' : 'http',
      requests: 1,
      responses: answered ? 1 : 0,
      clientErrors: blame === 'caller' ? 1 : 0,
      serverErrors: blame === 'callee' ? 1 : 0,
      latency: answered ? latencyOf(raw) : undefined,
      operation: operationOf(raw, grpc),
      code: answered ? codeOf(raw) : undefined,
      flags: flagsOf(raw.flags),
      record: lazyRecord(record, sourcePort, statusOf(raw, grpc), proxy),
    }
  }
}

/** A function of its own, so that no name is given to a closure per entry. */
function lazyRecord(
  record: (context: RecordContext) => FlowRecord,
  sourcePort: number,
  status: number | undefined,
  proxy: Proxy,
): () => FlowRecord {
  return () => record({ sourcePort, status, proxy })
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
export function encryptionOf(raw: RawEntry, reporter: Reporter, inbound: boolean): EncryptionEvidence {
  if (reporter === 'source') return 'unknown'
  if (raw.peerUri !== '') return raw.tlsVersion >= tls12 ? 'mtls' : raw.tlsVersion > 0 ? 'tls' : 'unknown'
  if (raw.tlsVersion > 0) return 'tls'
  return inbound && !raw.direct.internal && !raw.local.internal && raw.sni === '' ? 'plaintext' : 'unknown'
}

const post = 3
const connect = 6
const http2 = 3
const switching = 101

const isGrpc = (raw: RawEntry) =>
  raw.grpcType || raw.grpcStatus >= 0 || (raw.grpcAgent && raw.grpcPath && raw.method === post && raw.version >= http2)

function statusOf(raw: RawEntry, grpc: boolean): number | undefined {
  if (raw.grpcStatus >= 0) return raw.grpcStatus
  return raw.code > 0 && !grpc ? raw.code : undefined
}

/** What gRPC says of the call speaks before the HTTP status, which is 200 as a rule. */
function codeOf({ grpcStatus, code }: RawEntry): string {
  return grpcStatus >= 0 ? codeWord('grpc', grpcStatus) : codeWord('http', code)
}

/** Upgraded connections last as long as they like, which is no latency. */
function latencyOf(raw: RawEntry): number | undefined {
  if (raw.code === switching || raw.method === connect) return undefined
  const latency = raw.lastTx >= 0 ? raw.lastTx : raw.duration
  return latency >= 0 ? latency : undefined
}

function blameOf({ grpcStatus, code }: RawEntry): 'caller' | 'callee' | null {
  if (grpcStatus > 0) return grpcCallerCodes.has(grpcStatus) ? 'caller' : 'callee'
  if (code < 400) return null
  return code < 500 ? 'caller' : 'callee'
}

/** Counters are whole numbers. Rounded up or down by the record's own key, so that many short connections add up right. */
const wholeSeconds = (ms: number, key: bigint) => Math.floor(ms / 1000 + Number(key & 0xffffn) / 0x10000)
