import { createByteCache } from '@/collectors/kit/byte-cache'
import { decodeEnd, decodeL4, decodeL7 } from './decode-parts'
import { type End, createEnd } from './ends'
import {
  directions,
  dropReasons,
  enumName,
  flowTypes,
  lostSources,
  nodeStates,
  observationPoints,
  traceReasons,
  verdictNames,
} from './enums'
import { decodeFields } from './fields'
import { keyOfBytes } from '@/collectors/kit/key'
import { type Observe, createObserve } from './observe'
import { type RawFlow, createRawFlow, resetRawFlow } from './raw-flow'
import { type Received } from './received'
import { flow as flowMessage } from './schema'
import { clean } from '@/collectors/kit/text'
import {
  type Wire,
  fieldEnd,
  fieldOf,
  malformed,
  number,
  repeatedText,
  skip,
  text,
  varint,
} from '@/collectors/kit/wire'

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
      } else if (field === 1001) time = readTime(wire, message.length)
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

type Span = { from: number; to: number }
const uuidSpan: Span = { from: 0, to: 0 }

/**
 * Fills `raw` from the flow that ends at `limit`; gives where its uuid lies, null without one.
 * The labels are tags, field × 8 + wire type, so that one jump finds the field.
 */
function readFlow(raw: RawFlow, wire: Wire, limit: number, endOf: (limit: number) => End): Span | null {
  let uuid: Span | null = null
  while (wire.at < limit) {
    const tag = varint(wire)
    switch (tag) {
      case 10: // time
        raw.time = readTime(wire, limit)
        break
      case 16: // verdict
        raw.verdict = enumName(verdictNames, varint(wire))
        break
      case 24: // drop_reason
        raw.dropReason ||= enumName(dropReasons, varint(wire))
        break
      case 42: // IP
        readIp(raw, wire, fieldEnd(wire, limit))
        break
      case 50: // l4
        decodeL4(raw, wire, fieldEnd(wire, limit))
        break
      case 66: // source
        raw.source = endOf(limit)
        break
      case 74: // destination
        raw.destination = endOf(limit)
        break
      case 80: // Type
        raw.type = enumName(flowTypes, varint(wire))
        break
      case 90: // node_name
        raw.nodeName = repeatedText(wire, limit)
        break
      case 106: // source_names
        raw.sourceNames = [...raw.sourceNames, text(wire, limit)]
        break
      case 114: // destination_names
        raw.destinationNames = [...raw.destinationNames, text(wire, limit)]
        break
      case 122: // l7
        decodeL7(raw, wire, fieldEnd(wire, limit))
        break
      case 128: // reply
        raw.reply = varint(wire) !== 0
        break
      case 154: // event_type
        readEventType(raw, wire, fieldEnd(wire, limit))
        break
      case 162: // source_service
        readService(wire, fieldEnd(wire, limit))
        raw.sourceService = service.name
        raw.sourceServiceNamespace = service.namespace
        break
      case 170: // destination_service
        readService(wire, fieldEnd(wire, limit))
        raw.destinationService = service.name
        raw.destinationServiceNamespace = service.namespace
        break
      case 176: // traffic_direction
        raw.direction = enumName(directions, varint(wire))
        break
      case 192: // trace_observation_point
        raw.point = enumName(observationPoints, varint(wire))
        break
      case 200: // drop_reason_desc
        raw.dropReason = enumName(dropReasons, varint(wire))
        break
      case 210: // is_reply
        raw.isReply = readFirstNumber(wire, fieldEnd(wire, limit)) !== 0
        break
      case 274: // uuid
        uuid = uuidSpan
        uuid.to = fieldEnd(wire, limit)
        uuid.from = wire.at
        wire.at = uuid.to
        if (uuid.from === uuid.to) uuid = null
        break
      case 288: // trace_reason
        raw.traceReason = enumName(traceReasons, varint(wire))
        break
      case 168058: // aggregate
        raw.aggregated = readSum(wire, fieldEnd(wire, limit))
        break
      default:
        skip(wire, tag, limit)
    }
  }
  if (wire.at !== limit) throw malformed
  return uuid
}

/** Milliseconds of a Timestamp field. */
function readTime(wire: Wire, limit: number): number {
  const stop = fieldEnd(wire, limit)
  let seconds = 0
  let nanos = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) seconds = varint(wire)
    else if (tag === 16) nanos = varint(wire)
    else skip(wire, tag, stop)
  }
  return nanos < 1e9 && seconds < 253_402_300_800 ? seconds * 1000 + nanos / 1e6 : Number.NaN
}

function readIp(raw: RawFlow, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) raw.fromIp = clean(repeatedText(wire, stop), 64)
    else if (tag === 18) raw.toIp = clean(repeatedText(wire, stop), 64)
    else if (tag === 32) raw.encrypted = varint(wire) !== 0
    else skip(wire, tag, stop)
  }
}

function readEventType(raw: RawFlow, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.eventType = varint(wire)
    else if (tag === 16) raw.eventSubType = varint(wire)
    else skip(wire, tag, stop)
  }
}

const service = { name: '', namespace: '' }

function readService(wire: Wire, stop: number): void {
  service.name = ''
  service.namespace = ''
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) service.name = repeatedText(wire, stop)
    else if (tag === 18) service.namespace = repeatedText(wire, stop)
    else skip(wire, tag, stop)
  }
}

function readFirstNumber(wire: Wire, stop: number): number {
  let value = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) value = varint(wire)
    else skip(wire, tag, stop)
  }
  return value
}

function readSum(wire: Wire, stop: number): number {
  let sum = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (fieldOf(tag) <= 3) sum += number(wire, tag, stop)
    else skip(wire, tag, stop)
  }
  return sum
}

function readNodeStatus(wire: Wire, stop: number, time: number): Received {
  let state = nodeStates.get(0) ?? ''
  const nodes: string[] = []
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) state = enumName(nodeStates, varint(wire))
    else if (tag === 18) nodes.push(clean(text(wire, stop), 253))
    else skip(wire, tag, stop)
  }
  return { type: 'node_status', state, nodes, time }
}

function readLost(wire: Wire, stop: number, node: string, time: number): Received {
  let cause = lostSources.get(0) ?? ''
  let lost = 0
  let first = Number.NaN
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) cause = enumName(lostSources, varint(wire))
    else if (tag === 16) lost = varint(wire)
    else if (tag === 34) first = readTime(wire, stop)
    else skip(wire, tag, stop)
  }
  return { type: 'lost_events', cause, lost, node: clean(node, 253), time, first }
}
