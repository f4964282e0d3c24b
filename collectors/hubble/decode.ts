import { createByteCache } from '@/collectors/kit/byte-cache'
import { keyOfBytes } from '@/collectors/kit/key'
import { type Wire, fieldEnd, fieldOf, malformed, skip, text, varint } from '@/collectors/kit/wire'
import { readMs } from '@/collectors/kit/wire-time'
import { readLost, readNodeStatus } from './decode-events'
import { readFlow } from './decode-flow'
import { decodeEnd } from './decode-parts'
import { type End, createEnd } from './ends'
import { decodeFields } from './fields'
import { type Observe, createObserve } from './observe'
import { createRawFlow, resetRawFlow } from './raw-flow'
import type { Received } from './received'
import { flow as flowMessage } from './schema'

/** Reads GetFlowsResponse messages. It never throws: bytes that are none come back as `malformed`. */
export type Decoder = {
  decode(message: Buffer): Received
  /** Name of the node that reported the flow decoded last, as Relay gives it. */
  node(): string
}

const maxEnds = 20_000
const notProtobuf: Received = { type: 'malformed', reason: 'not a protobuf message' }
const noTime: Received = { type: 'malformed', reason: 'no time' }
const nothing: Received = { type: 'ignored', reason: 'neither flow nor event' }

/**
 * A decoder with its caches: the same bytes of an endpoint give the same ref object. `cluster`
 * names the observed cluster. Reads only the fields that the rules need (the record is read when
 * it is asked for); O(bytes) per message.
 */
export function createDecoder(cluster: string, observe: Observe = createObserve(cluster)): Decoder {
  const raw = createRawFlow()
  const ends = createByteCache<End>(maxEnds)
  const wire: Wire & { buffer: Buffer } = { buffer: Buffer.alloc(0), at: 0 }

  const endOf = (limit: number): End => {
    const stop = fieldEnd(wire, limit)
    const end = ends.get(wire.buffer, wire.at, stop, () => createEnd(decodeEnd(wire, stop)))
    wire.at = stop
    return end
  }

  const decodeFlow = (message: Buffer, from: number, to: number, outerTime: number): Received => {
    resetRawFlow(raw)
    wire.at = from
    const uuid = readFlow(raw, wire, to, endOf)
    if (Number.isNaN(raw.time)) raw.time = outerTime
    if (!Number.isFinite(raw.time)) return noTime
    const key = uuid ? keyOfBytes(message, uuid.from, uuid.to) : keyOfBytes(message, from, to)
    return observe(raw, key, () => decodeFields(message, from, to, flowMessage))
  }

  const decodeMessage = (message: Buffer): Received => {
    wire.buffer = message
    wire.at = 0
    let kind = 0
    let from = 0
    let to = 0
    let node = ''
    let time = Number.NaN
    while (wire.at < message.length) {
      const tag = varint(wire)
      const field = fieldOf(tag)
      if ((tag & 7) !== 2) skip(wire, tag, message.length)
      else if (field <= 3 && field > 0) {
        to = fieldEnd(wire, message.length)
        kind = field
        from = wire.at
        wire.at = to
      } else if (field === 1001) time = readMs(wire, fieldEnd(wire, message.length))
      else if (field === 1000 && kind !== 1) node = text(wire, message.length)
      else wire.at = fieldEnd(wire, message.length)
    }
    if (kind === 1) return decodeFlow(message, from, to, time)
    wire.at = from
    if (kind === 2) return readNodeStatus(wire, to, time)
    if (kind === 3) return readLost(wire, to, node, time)
    return nothing
  }

  return {
    node: () => raw.nodeName,
    decode(message) {
      try {
        return decodeMessage(message)
      } catch (thrown) {
        if (thrown === malformed) return notProtobuf
        throw thrown
      }
    },
  }
}
