import type { FlowRecord, Observation } from '@/core/observation'
import { createByteCache } from '@/collectors/kit/byte-cache'
import { keyOfBytes } from '@/collectors/kit/key'
import { createRecent } from '@/collectors/kit/recent'
import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, malformed, skip, text, varint } from '@/collectors/kit/wire'
import { type EntryCaches, type KeySpans, readCommon } from './decode-common'
import { readConnection, readRequest, readResponse } from './decode-http'
import { decodeFields } from './fields'
import { type Observe, createObserve } from './observe'
import type { Peer } from './peer'
import { type Proxy, noProxy, readNode } from './proxy'
import { type RawEntry, createRawEntry, resetRawEntry } from './raw-entry'
import { type RecordContext, buildRecord } from './record'
import { httpEntry, tcpEntry } from './schema'
import type { UpstreamCluster } from './upstream-cluster'

/** What a stream has said of itself; only its first message tells. */
export type StreamIdentity = { proxy: Proxy; logName: string; kind: 'http' | 'tcp' | 'unknown' }

export const newIdentity = (): StreamIdentity => ({ proxy: noProxy, logName: '', kind: 'unknown' })

/** Takes what a message held. `intermediate`: entries of connections and streams that go on. */
export type Decoded = { observations: Observation[]; malformed: number; intermediate: number }

/** Reads StreamAccessLogsMessage. It never throws: entries that are none are counted as malformed. */
export type Decoder = {
  decode(message: Buffer, identity: StreamIdentity, into: Decoded): void
}

const maxPeers = 10_000
const maxClusters = 10_000

/** Final entries: TcpConnectionEnd, DownstreamEnd, UdpSessionEnd; NotSet of an Envoy that knows no types. */
const finalTypes: ReadonlySet<number> = new Set([0, 3, 6, 13])

/** A decoder with its caches: the same end gives the same ref object. `cluster` names the observed cluster. O(bytes) per message. */
export function createDecoder(cluster: string, observe: Observe = createObserve(cluster)): Decoder {
  const raw = createRawEntry()
  const caches: EntryCaches = {
    clusters: createByteCache<UpstreamCluster>(maxClusters),
    peers: createRecent<Peer>(maxPeers),
  }
  const wire: Wire & { buffer: Buffer } = { buffer: Buffer.alloc(0), at: 0 }
  const keys: KeySpans = { timeFrom: 0, timeTo: 0, idFrom: 0, idTo: 0 }

  const readEntry = (stop: number, http: boolean) => {
    resetRawEntry(raw)
    keys.timeFrom = keys.timeTo = keys.idFrom = keys.idTo = 0
    raw.http = http
    while (wire.at < stop) {
      const tag = varint(wire)
      if (tag === 10) readCommon(raw, keys, wire, fieldEnd(wire, stop), caches)
      else if (http && tag === 16) raw.version = varint(wire)
      else if (http && tag === 26) readRequest(raw, wire, fieldEnd(wire, stop))
      else if (http && tag === 34) readResponse(raw, wire, fieldEnd(wire, stop))
      else if (!http && tag === 18) readConnection(raw, wire, fieldEnd(wire, stop))
      else skip(wire, tag, stop)
    }
    if (wire.at !== stop) throw malformed
  }

  const decodeEntry = (from: number, to: number, http: boolean, identity: StreamIdentity, into: Decoded) => {
    wire.at = from
    readEntry(to, http)
    if (raw.intermediate || !finalTypes.has(raw.logType)) {
      into.intermediate++
      return
    }
    const { buffer } = wire
    const key = keyOf(buffer, from, to, keys, raw, identity.proxy)
    const observation = observe(raw, identity.proxy, key, recordOf(buffer, from, to, http, identity.logName))
    if (observation) into.observations.push(observation)
    else into.malformed++
  }

  const readLogs = (stop: number, http: boolean, identity: StreamIdentity, into: Decoded) => {
    identity.kind = http ? 'http' : 'tcp'
    while (wire.at < stop) {
      const tag = varint(wire)
      if (tag !== 10) {
        skip(wire, tag, stop)
        continue
      }
      const to = fieldEnd(wire, stop)
      try {
        decodeEntry(wire.at, to, http, identity, into)
      } catch (thrown) {
        if (thrown !== malformed) throw thrown
        into.malformed++
      }
      wire.at = to
    }
  }

  return {
    decode(message, identity, into) {
      wire.buffer = message
      wire.at = 0
      try {
        while (wire.at < message.length) {
          const tag = varint(wire)
          if (tag === 10) readIdentifier(wire, fieldEnd(wire, message.length), identity)
          else if (tag === 18 || tag === 26) readLogs(fieldEnd(wire, message.length), tag === 18, identity, into)
          else skip(wire, tag, message.length)
        }
      } catch (thrown) {
        if (thrown !== malformed) throw thrown
        into.malformed++
      }
    },
  }
}

function readIdentifier(wire: Wire, stop: number, identity: StreamIdentity): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) identity.proxy = readNode(wire, fieldEnd(wire, stop))
    else if (tag === 18) identity.logName = clean(text(wire, stop), 200)
    else skip(wire, tag, stop)
  }
}

/** A function of its own, so that it holds nothing but what it needs. */
const recordOf =
  (
    buffer: Buffer,
    from: number,
    to: number,
    http: boolean,
    logName: string,
  ): ((context: RecordContext) => FlowRecord) =>
  (context) =>
    buildRecord(decodeFields(buffer, from, to, http ? httpEntry : tcpEntry), logName, context)

const keyBytes = Buffer.alloc(256)

/** Of the stream's id, its start, the kind of entry and the proxy; of all its bytes where it has no id or an odd one. */
function keyOf(buffer: Buffer, from: number, to: number, keys: KeySpans, raw: RawEntry, proxy: Proxy): bigint {
  let at = keyBytes.writeBigUInt64LE(proxy.key, 0)
  const length = keys.idTo - keys.idFrom + keys.timeTo - keys.timeFrom
  if (keys.idFrom === keys.idTo || length > keyBytes.length - at - 1) {
    at = keyBytes.writeBigUInt64LE(keyOfBytes(buffer, from, to), at)
    return keyOfBytes(keyBytes, 0, at)
  }
  at = keyBytes.writeUInt8(raw.logType, at)
  at += buffer.copy(keyBytes, at, keys.timeFrom, keys.timeTo)
  at += buffer.copy(keyBytes, at, keys.idFrom, keys.idTo)
  return keyOfBytes(keyBytes, 0, at)
}
