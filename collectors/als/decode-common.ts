import type { ByteCache } from '@/collectors/kit/byte-cache'
import type { Recent } from '@/collectors/kit/recent'
import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, fieldOf, malformed, number, repeatedText, skip, varint } from '@/collectors/kit/wire'
import { readMs } from '@/collectors/kit/wire-time'
import { readAddress } from './decode-address'
import { type Peer, readPeer } from './peer'
import type { RawEntry } from './raw-entry'
import { type UpstreamCluster, parseUpstreamCluster } from './upstream-cluster'

/** Same bytes, same object. Peers are kept by their bytes as text: they differ in a few bytes that may lie anywhere. */
export type EntryCaches = { readonly clusters: ByteCache<UpstreamCluster>; readonly peers: Recent<Peer> }

/** A larger one is read again each time, so that what the cache holds is bounded. */
const maxKept = 2_048

/** Where the parts of an entry's key lie; empty where absent. */
export type KeySpans = { timeFrom: number; timeTo: number; idFrom: number; idTo: number }

/** Fills `raw` from the AccessLogCommon that ends at `stop`. The labels are tags, field × 8 + wire type. Throws `malformed`. */
export function readCommon(raw: RawEntry, keys: KeySpans, wire: Wire, stop: number, caches: EntryCaches): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    switch (tag) {
      case 26: // downstream_local_address
        readAddress(raw.local, wire, fieldEnd(wire, stop))
        break
      case 34: // tls_properties
        readTls(raw, wire, fieldEnd(wire, stop))
        break
      case 42: // start_time
        keys.timeTo = fieldEnd(wire, stop)
        keys.timeFrom = wire.at
        raw.start = readMs(wire, keys.timeTo)
        break
      case 50: // time_to_last_rx_byte
      case 66: // time_to_last_upstream_tx_byte
      case 82: // time_to_last_upstream_rx_byte
        raw.latest = later(raw.latest, readMs(wire, fieldEnd(wire, stop)))
        break
      case 98: // time_to_last_downstream_tx_byte
        raw.lastTx = readMs(wire, fieldEnd(wire, stop))
        break
      case 106: // upstream_remote_address
        readAddress(raw.upstream, wire, fieldEnd(wire, stop))
        break
      case 114: // upstream_local_address
        readAddress(raw.upstreamLocal, wire, fieldEnd(wire, stop))
        break
      case 122: // upstream_cluster
        raw.cluster = readCluster(wire, fieldEnd(wire, stop), caches)
        break
      case 130: // response_flags
        raw.flags = readFlags(wire, fieldEnd(wire, stop))
        break
      case 154: // route_name
        raw.routeName = repeatedText(wire, stop)
        break
      case 162: // downstream_direct_remote_address
        readAddress(raw.direct, wire, fieldEnd(wire, stop))
        break
      case 170: // filter_state_objects
        readFilterState(raw, wire, fieldEnd(wire, stop), caches)
        break
      case 186: // duration
        raw.duration = readMs(wire, fieldEnd(wire, stop))
        break
      case 202: // connection_termination_details
        raw.terminationDetails = clean(repeatedText(wire, stop), 300)
        break
      case 210: // stream_id
        keys.idTo = fieldEnd(wire, stop)
        keys.idFrom = wire.at
        wire.at = keys.idTo
        break
      case 216: // intermediate_log_entry
        raw.intermediate = varint(wire) !== 0
        break
      case 232: // downstream_wire_bytes_sent
        raw.wireSent = varint(wire)
        break
      case 240: // downstream_wire_bytes_received
        raw.wireReceived = varint(wire)
        break
      case 264: // access_log_type
        raw.logType = varint(wire)
        break
      default:
        skip(wire, tag, stop)
    }
  }
  if (wire.at !== stop) throw malformed
}

const later = (a: number, b: number) => (a > b ? a : Number.isNaN(b) ? a : b)

function readCluster(wire: Wire, stop: number, caches: EntryCaches): UpstreamCluster | null {
  const from = wire.at
  wire.at = stop
  if (from === stop) return null
  return caches.clusters.get(wire.buffer, from, stop, () =>
    parseUpstreamCluster(wire.buffer.toString('utf8', from, stop)),
  )
}

/** unauthorized_details (13) is a message: set where a reason is in it. */
function readFlags(wire: Wire, stop: number): number {
  let flags = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    const field = fieldOf(tag)
    let set = false
    if ((tag & 7) === 0) set = varint(wire) !== 0
    else if (tag === 106) set = readFirstNumber(wire, fieldEnd(wire, stop)) !== 0
    else skip(wire, tag, stop)
    if (set && field > 0 && field < 31) flags |= 1 << field
  }
  return flags
}

function readFirstNumber(wire: Wire, stop: number): number {
  let value = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (fieldOf(tag) === 1) value = number(wire, tag, stop)
    else skip(wire, tag, stop)
  }
  return value
}

function readTls(raw: RawEntry, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.tlsVersion = varint(wire)
    else if (tag === 26) raw.sni = clean(repeatedText(wire, stop), 253)
    else if (tag === 42) readCertificate(raw, wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
}

/** The first subject_alt_name that is a URI. */
function readCertificate(raw: RawEntry, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag !== 10) {
      skip(wire, tag, stop)
      continue
    }
    const end = fieldEnd(wire, stop)
    while (wire.at < end) {
      const inner = varint(wire)
      if (inner === 10 && raw.peerUri === '') raw.peerUri = clean(repeatedText(wire, end), 300)
      else skip(wire, inner, end)
    }
  }
}

const names: ReadonlyMap<string, 'downstreamPeer' | 'upstreamPeer'> = new Map([
  ['downstream_peer', 'downstreamPeer'],
  ['upstream_peer', 'upstreamPeer'],
  ['wasm.downstream_peer', 'downstreamPeer'],
  ['wasm.upstream_peer', 'upstreamPeer'],
])

function readFilterState(raw: RawEntry, wire: Wire, stop: number, caches: EntryCaches): void {
  let end: 'downstreamPeer' | 'upstreamPeer' | undefined
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) end = names.get(repeatedText(wire, stop))
    else if (tag === 18 && end) {
      const to = fieldEnd(wire, stop)
      const from = wire.at
      wire.at = to
      raw[end] = peerIn(wire.buffer, from, to, caches.peers) ?? raw[end]
    } else skip(wire, tag, stop)
  }
}

function peerIn(buffer: Buffer, from: number, to: number, peers: Recent<Peer>): Peer | null {
  const key = to - from <= maxKept ? buffer.toString('latin1', from, to) : ''
  const known = key === '' ? undefined : peers.get(key)
  if (known) return known
  const peer = readPeer({ buffer, at: from }, to)
  if (peer && key !== '') peers.set(key, peer)
  return peer
}
