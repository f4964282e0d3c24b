import type { Cluster } from '../model/cluster'
import { protectionOf } from '../model/mesh'
import type { CallProtocol } from '../model/types'
import { hexText, logNormal, pick, type Random, uuid } from '../random'
import { type Attempt, authorityOf, type Call, type End } from './calls'
import type { CallEnd, CallMade, Context } from './made'

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

/** The call that an attempt was. `details` gives what the network's events do not tell, so that those stay as they are. */
export function makeCall(cluster: Cluster, call: Call, made: Attempt, details: Random, context?: Context): CallMade {
  const { spec, key, time } = call
  const { reply, caller, callee, opensConnection, exchange, denied, ruling, refusal } = made
  const { from, to } = { from: endOf(caller), to: endOf(callee) }
  const latency = reply?.latency ?? Math.max(0.05, logNormal(details, spec.p50, spec.p95))
  const failedHere = details() < spec.errors
  const [sent50, sent95, received50, received95] = sizes[spec.protocol]
  const sent = Math.round(logNormal(details, sent50, sent95))
  const received = Math.round(logNormal(details, received50, received95))
  const openFor = logNormal(details, ...connectionMs)
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
    ...outcome(reply, (failedHere && !denied) || refusal !== null),
    operation: operationOf(reply) ?? (spec.protocol === 'tcp' ? pick(details, sqlVerbs) : (spec.operations[0] ?? '')),
    authority: authorityOf(spec, callee.workload),
    latency: denied ? 0 : latency,
    bytesSent: denied ? refusedBytes : sent,
    bytesReceived: denied ? 0 : received,
    opensConnection,
    closesAt: opensConnection && !denied ? endedAt + openFor : null,
    denied,
    ruling,
    refusal,
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
