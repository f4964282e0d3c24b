import type { Cluster, Pod } from '../model/cluster'
import { isMutualTls, proxyOf, spiffeId } from '../model/mesh'
import { serviceName } from '../model/objects'
import { encode, type Fields, secondsAndNanos } from '../protobuf'
import type { CallMade } from '../traffic/made'
import { envoyDetails } from '../traffic/refusal'
import { httpEntry, logType, tcpEntry } from './messages'
import { peerOf } from './proxies'

const methods: Readonly<Record<string, number>> = { GET: 1, HEAD: 2, POST: 3, PUT: 4, DELETE: 5 }
const http11 = 2
const http2 = 3
const tls13 = 4
const aes128Gcm = 4865
const hbonePort = 15_008

const address = (ip: string, port: number): Fields => ({ socket: { address: ip, port } })

const serviceHost = ({ to }: CallMade): string =>
  to.workload ? `${serviceName(to.workload)}.${to.workload.spec.namespace}.svc.cluster.local` : to.outside

const isMutual = ({ from, to, port }: CallMade): boolean =>
  from.workload !== null && to.workload !== null && isMutualTls(from.workload, to.workload, port)

/** Some UUID that is the entry's own. */
const streamId = (spanId: string, traceId: string): string =>
  `${spanId.slice(0, 8)}-${spanId.slice(8, 12)}-4${spanId.slice(13)}-a${traceId.slice(0, 3)}-${traceId.slice(3, 15)}`

/** What inbound and outbound entries, of requests and of connections, have in common. */
function commonOf(call: CallMade, inbound: boolean, cluster: Cluster, took: number, type: number): Fields {
  const { from, to, port, sourcePort, denied, refusal, time: start } = call
  const isCut = denied !== null || refusal?.reset === true
  const mutual = isMutual(call)
  const name = cluster.company.cluster
  const peer = inbound ? from.pod : to.pod
  const known = peer && (mutual || (!inbound && to.workload && proxyOf(to.workload)))
  const own = inbound ? to.pod : from.pod
  const at = (share: number) => secondsAndNanos(took * share)
  const isGateway = own !== null && proxyOf(own.workload) === 'gateway'
  // The gateway's caller is somebody outside; a sidecar's own workload calls from its own address.
  const caller = isGateway ? (cluster.company.outside[0]?.addresses[sourcePort % 5] ?? from.ip) : from.ip
  const downstream = address(caller, sourcePort)
  const hbone = to.workload !== null && proxyOf(to.workload) === 'ztunnel'
  return {
    downstreamRemote: downstream,
    downstreamDirect: downstream,
    downstreamLocal: address(to.ip, port),
    tls: inbound && mutual && from.workload && to.workload ? tlsOf(call, from.workload, to.workload) : undefined,
    startTime: secondsAndNanos(start),
    lastRx: at(0.02),
    firstUpstreamTx: at(0.03),
    lastUpstreamTx: at(0.04),
    firstUpstreamRx: isCut ? undefined : at(0.95),
    lastUpstreamRx: isCut ? undefined : at(0.98),
    firstDownstreamTx: at(0.96),
    lastDownstreamTx: at(1),
    duration: at(1),
    upstreamRemote: address(to.ip, !inbound && hbone && mutual ? hbonePort : port),
    upstreamLocal: inbound ? address('127.0.0.6', sourcePort) : address(from.ip, sourcePort),
    upstreamCluster: inbound ? `inbound|${port}||` : `outbound|${port}||${serviceHost(call)}`,
    flags: flagsOf(call, inbound),
    terminationDetails: inbound && refusal?.by === 'istio' && refusal.reset ? envoyDetails(refusal) : undefined,
    upstreamFailure: denied ? 'delayed connect error: Connection timed out' : undefined,
    routeName: inbound ? 'default' : undefined,
    filterState: known ? [peerOf(inbound ? 'downstream_peer' : 'upstream_peer', peer, name)] : [],
    attempts: 1,
    streamId: streamId(inbound ? call.serverSpanId : call.clientSpanId, call.traceId),
    logType: type,
  }
}

const tlsOf = ({ port, ...call }: CallMade, from: Pod['workload'], to: Pod['workload']): Fields => ({
  version: tls13,
  cipherSuite: { value: aes128Gcm },
  sni: `outbound_.${port}_._.${serviceHost({ port, ...call })}`,
  local: { subjectAltName: [{ uri: spiffeId(to) }] },
  peer: { subjectAltName: [{ uri: spiffeId(from) }] },
})

function flagsOf({ denied, refusal, httpCode }: CallMade, inbound: boolean): Fields | undefined {
  if (denied) return { upstreamConnectionFailure: true }
  if (refusal?.reset) return inbound ? undefined : { upstreamConnectionTermination: true }
  return httpCode === 504 ? { upstreamTimeout: true } : undefined
}

function detailsOf({ denied, refusal }: CallMade, inbound: boolean): string {
  if (denied) return 'upstream_reset_before_response_started{connection_timeout}'
  if (refusal?.reset) return 'upstream_reset_before_response_started{connection_termination}'
  return inbound && refusal?.by === 'istio' ? envoyDetails(refusal) : 'via_upstream'
}

/** What the way from proxy to proxy adds at the caller's, milliseconds. */
const hopMs = 0.8

/** The entry that the caller's (outbound) or callee's (inbound) proxy writes of a request. */
export function requestEntry(call: CallMade, inbound: boolean, cluster: Cluster): Buffer {
  const isGrpc = call.protocol === 'grpc'
  const [method = 'GET', path = '/'] = isGrpc ? ['POST', `/${call.operation}`] : call.operation.split(' ')
  const took = inbound ? call.latency : call.latency + hopMs
  const headersBytes = Math.min(call.bytesSent, 240)
  const answerBytes = Math.min(call.bytesReceived, 180)
  const isCut = call.denied !== null || call.refusal?.reset === true
  return encode(httpEntry, {
    common: {
      ...commonOf(call, inbound, cluster, took, logType.downstreamEnd),
      downstreamReceived: call.bytesSent,
      downstreamSent: call.bytesReceived,
      upstreamSent: call.denied ? 0 : call.bytesSent,
      upstreamReceived: call.bytesReceived,
    },
    version: isGrpc ? http2 : http11,
    request: {
      method: methods[method] ?? 0,
      scheme: 'http',
      authority: call.authority,
      path,
      userAgent: isGrpc ? 'grpc-go/1.75.0' : 'shop/1.0',
      requestId: call.requestId,
      headersBytes,
      bodyBytes: call.bytesSent - headersBytes,
      headers: isGrpc ? [{ key: 'content-type', value: 'application/grpc' }] : [],
    },
    response: {
      code: { value: isCut ? 503 : (call.httpCode ?? 0) },
      headersBytes: answerBytes,
      bodyBytes: call.bytesReceived - answerBytes,
      trailers: isGrpc && !isCut ? [{ key: 'grpc-status', value: String(call.grpcStatus ?? 0) }] : [],
      details: detailsOf(call, inbound),
    },
  })
}

/** The entry of a connection that is over: `sent` from caller to callee and `received` back, in all. */
export function connectionEntry(
  call: CallMade,
  inbound: boolean,
  cluster: Cluster,
  { sent, received }: { readonly sent: number; readonly received: number },
): Buffer {
  const took = (call.closesAt ?? call.endedAt) - call.time
  return encode(tcpEntry, {
    common: {
      ...commonOf(call, inbound, cluster, took, logType.tcpEnd),
      downstreamReceived: sent,
      downstreamSent: received,
    },
    connection: { received: sent, sent: received },
  })
}
