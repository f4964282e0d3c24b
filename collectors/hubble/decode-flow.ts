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
import { readMs } from '@/collectors/kit/wire-time'
import { decodeL4, decodeL7 } from './decode-parts'
import type { End } from './ends'
import { directions, dropReasons, enumName, flowTypes, observationPoints, traceReasons, verdictNames } from './enums'
import type { RawFlow } from './raw-flow'

type Span = { from: number; to: number }
const uuidSpan: Span = { from: 0, to: 0 }

/**
 * Fills `raw` from the flow that ends at `limit`; gives where its uuid lies, null without one.
 * The labels are tags, field × 8 + wire type, so that one jump finds the field.
 */
export function readFlow(raw: RawFlow, wire: Wire, limit: number, endOf: (limit: number) => End): Span | null {
  let uuid: Span | null = null
  while (wire.at < limit) {
    const tag = varint(wire)
    switch (tag) {
      case 10: // time
        raw.time = readMs(wire, fieldEnd(wire, limit))
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
