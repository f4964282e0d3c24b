import type { Cluster, Pod, Workload } from '../model/cluster'
import type { CallProtocol, Denial } from '../model/types'
import { protectionOf, type Protection } from '../model/mesh'
import { hexText, logNormal, pick, type Random, uuid } from '../random'
import { type Attempt, authorityOf, type Call, type End } from './calls'

export type CallEnd = {
  readonly pod: Pod | null
  readonly workload: Workload | null
  /** DNS name outside the cluster; '' for the Internet at large and for pods. */
  readonly outside: string
  readonly ip: string
}

/** One call and how it ended. All witnesses tell of the same. Times in milliseconds since the epoch. */
export type CallMade = {
  /** The edge's name in the truth. */
  readonly edge: string
  readonly time: number
  readonly endedAt: number
  readonly from: CallEnd
  readonly to: CallEnd
  readonly port: number
  readonly sourcePort: number
  readonly transport: 'tcp' | 'udp'
  readonly protocol: CallProtocol
  /** HTTP: `GET /path`; gRPC: `package.Service/Method`; DNS: the name; Kafka: the topic; a database: the verb. */
  readonly operation: string
  readonly authority: string
  /** HTTP status; absent where the protocol has none. */
  readonly httpCode?: number
  readonly grpcStatus?: number
  readonly failed: boolean
  /** Milliseconds, as the callee's side measures it. */
  readonly latency: number
  /** From caller to callee, and back. */
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly opensConnection: boolean
  /** When the connection that it opened will be closed. */
  readonly closesAt: number | null
  readonly denied: Denial | null
  readonly audited: boolean
  readonly protection: Protection
  readonly requestId: string
  readonly traceId: string
  /** Span of the callee's side while which this call was made; '' for the first of a trace. */
  readonly parentSpanId: string
  readonly clientSpanId: string
  readonly serverSpanId: string
}

/** What a call is told to, and the connections that it opened. */
export type Witness = {
  /** A call that is over; calls come in the order of their ends. */
  made(call: CallMade): void
  /** The connection that this call opened is closed, at its `closesAt`. */
  closed?(call: CallMade): void
  /** All until this time has been told. */
  lived?(until: number): void
}

/** Medians and 95th percentiles of bytes there and back. */
const sizes: Readonly<Record<CallProtocol, readonly [number, number, number, number]>> = {
  http: [420, 900, 3_200, 24_000],
  grpc: [260, 700, 900, 5_000],
  dns: [64, 90, 120, 220],
  kafka: [900, 3_800, 180, 400],
  tcp: [180, 600, 1_400, 9_000],
}
const connectionMs = [12_000, 90_000] as const
const sqlVerbs = ['SELECT', 'SELECT', 'SELECT', 'INSERT', 'UPDATE'] as const
/** The packet that a policy refused. */
const refusedBytes = 60

/** Where a call belongs in a trace: the span during which its caller made it. */
export type Context = { readonly traceId: string; readonly spanId: string }

/** The call that an attempt was. `details` gives what the network's events do not tell, so that those stay as they are. */
export function madeCall(cluster: Cluster, call: Call, made: Attempt, details: Random, context?: Context): CallMade {
  const { spec, key, time } = call
  const { reply, caller, callee, opensConnection, exchange } = made
  const { from, to } = { from: endOf(caller), to: endOf(callee) }
  const latency = reply?.latency ?? Math.max(0.05, logNormal(details, spec.p50, spec.p95))
  const failedHere = details() < spec.errors
  const [sent50, sent95, received50, received95] = sizes[spec.protocol]
  const sent = Math.round(logNormal(details, sent50, sent95))
  const received = Math.round(logNormal(details, received50, received95))
  const openFor = logNormal(details, ...connectionMs)
  const denied = spec.denied ?? null
  const endedAt = denied ? time : time + latency
  return {
    edge: key,
    time,
    endedAt,
    from,
    to,
    port: spec.port,
    sourcePort: exchange.sourcePort,
    transport: exchange.transport,
    protocol: spec.protocol,
    ...outcome(reply, failedHere && !denied),
    operation: operationOf(reply) ?? (spec.protocol === 'tcp' ? pick(details, sqlVerbs) : (spec.operations[0] ?? '')),
    authority: authorityOf(spec, callee.workload),
    latency: denied ? 0 : latency,
    bytesSent: denied ? refusedBytes : sent,
    bytesReceived: denied ? 0 : received,
    opensConnection,
    closesAt: opensConnection && !denied ? endedAt + openFor : null,
    denied,
    audited: spec.audited === true,
    protection: protectionOf(from.pod, to.pod, spec.port, cluster.nodes.length),
    requestId: reply?.request.http?.headers.find(([name]) => name === 'x-request-id')?.[1] ?? uuid(details),
    traceId: context?.traceId ?? hexText(details, 16),
    parentSpanId: context?.spanId ?? '',
    clientSpanId: hexText(details, 8),
    serverSpanId: hexText(details, 8),
  }
}

const endOf = ({ pod, workload, party, name }: End): CallEnd => ({
  pod,
  workload: workload ?? null,
  outside: pod ? '' : name,
  ip: party.ip,
})

function operationOf(reply: Attempt['reply']): string | undefined {
  const { http, dns, kafka } = reply?.request ?? {}
  if (dns) return dns.query
  if (kafka) return kafka.topic
  if (!http) return undefined
  const path = http.url.replace(/^http:\/\/[^/]*/, '')
  return http.protocol === 'HTTP/2' ? path.slice(1) : `${http.method} ${path}`
}

function outcome(reply: Attempt['reply'], failedHere: boolean): Pick<CallMade, 'httpCode' | 'grpcStatus' | 'failed'> {
  if (!reply) return { failed: failedHere }
  const { http, dns, kafka } = reply.response
  if (dns) return { failed: dns.rcode === 2 }
  if (kafka) return { failed: Boolean(kafka.errorCode) }
  const httpCode = http?.code ?? 0
  if (http?.protocol !== 'HTTP/2') return { httpCode, failed: httpCode >= 500 }
  const grpcStatus = Number(/^grpc-(\d+)$/.exec(reply.status)?.[1] ?? 0)
  return { httpCode, grpcStatus, failed: grpcStatus > 0 }
}
