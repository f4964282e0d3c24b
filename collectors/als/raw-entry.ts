import { type Peer } from './peer'
import type { UpstreamCluster } from './upstream-cluster'

/** An address of the entry; `internal`: of a listener within Envoy, so that it names no connection. */
export type RawAddress = { ip: string; port: number; internal: boolean; udp: boolean }

/** What the rules need of one entry. One object is filled again and again. Times and durations in milliseconds, NaN where absent. */
export type RawEntry = {
  http: boolean
  start: number
  duration: number
  /** Last byte to the caller. */
  lastTx: number
  /** The latest of the other times. */
  latest: number
  /** The caller's end of the connection to the proxy, which no header can change. */
  direct: RawAddress
  local: RawAddress
  upstreamLocal: RawAddress
  upstream: RawAddress
  cluster: UpstreamCluster | null
  /** A bit for each field number of ResponseFlags. */
  flags: number
  routeName: string
  downstreamPeer: Peer | null
  upstreamPeer: Peer | null
  /** TLS between caller and proxy: Envoy's enum, 3 = TLS 1.2. */
  tlsVersion: number
  sni: string
  /** First URI in the caller's certificate. */
  peerUri: string
  terminationDetails: string
  intermediate: boolean
  logType: number
  /** -1: not told. */
  wireSent: number
  wireReceived: number
  /** -1: not told. */
  sent: number
  received: number
  code: number
  responseDetails: string
  method: number
  version: number
  authority: string
  /** As the caller asked, query and all; at most 2,000 characters. */
  path: string
  /** The user agent and path are those of a gRPC client. */
  grpcAgent: boolean
  grpcPath: boolean
  grpcType: boolean
  /** -1: not told. */
  grpcStatus: number
}

const address = (): RawAddress => ({ ip: '', port: 0, internal: false, udp: false })

export function createRawEntry(): RawEntry {
  const raw = { direct: address(), local: address(), upstreamLocal: address(), upstream: address() } as RawEntry
  resetRawEntry(raw)
  return raw
}

export function resetRawEntry(raw: RawEntry): void {
  raw.http = false
  raw.start = Number.NaN
  raw.duration = Number.NaN
  raw.lastTx = Number.NaN
  raw.latest = Number.NaN
  resetAddress(raw.direct)
  resetAddress(raw.local)
  resetAddress(raw.upstreamLocal)
  resetAddress(raw.upstream)
  raw.cluster = null
  raw.flags = 0
  raw.routeName = ''
  raw.downstreamPeer = null
  raw.upstreamPeer = null
  raw.tlsVersion = 0
  raw.sni = ''
  raw.peerUri = ''
  raw.terminationDetails = ''
  raw.intermediate = false
  raw.logType = 0
  raw.wireSent = -1
  raw.wireReceived = -1
  raw.sent = -1
  raw.received = -1
  raw.code = 0
  raw.responseDetails = ''
  raw.method = 0
  raw.version = 0
  raw.authority = ''
  raw.path = ''
  raw.grpcAgent = false
  raw.grpcPath = false
  raw.grpcType = false
  raw.grpcStatus = -1
}

export function resetAddress(address: RawAddress): void {
  address.ip = ''
  address.port = 0
  address.internal = false
  address.udp = false
}
