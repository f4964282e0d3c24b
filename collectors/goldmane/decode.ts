import { createByteCache } from '@/collectors/kit/byte-cache'
import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, malformed, repeatedText, skip, varint } from '@/collectors/kit/wire'
import { count, readKey } from './decode-parts'
import type { EnumValue } from './enums'
import { type RawFlow, bounds, newFlow, newKey } from './flow'
import { type KnownKey, knownKey } from './known-key'
import { type ObserveOptions, createObserve } from './observe'
import type { Received } from './received'

/** Reads messages of goldmane/proto/api.proto. It never throws: bytes that are none come back as `malformed`. */
export type Decoder = {
  result(message: Buffer): Received
  update(message: Buffer): Received
  /** Policy kinds met so far: they tell the version. */
  readonly kinds: ReadonlySet<EnumValue>
}

const maxKeys = 10_000
const maxKinds = 100
const notProtobuf: Received = { type: 'malformed', reason: 'not a protobuf message' }
const empty: Received = { type: 'ignored', reason: 'no flow' }

/** The same bytes of a key are read once as long as it is kept. O(bytes) per message. */
export function createDecoder(options: ObserveOptions): Decoder {
  const observe = createObserve(options)
  const keys = createByteCache<KnownKey>(maxKeys)
  const kinds = new Set<EnumValue>()
  const noKey = knownKey(newKey())

  const readKnown = (wire: Wire, limit: number): KnownKey => {
    const stop = fieldEnd(wire, limit)
    const known = keys.get(wire.buffer, wire.at, stop, () => {
      const key = readKey(wire, stop)
      for (const { kind } of [...key.enforced, ...key.pending]) if (kinds.size < maxKinds) kinds.add(kind)
      return knownKey(key)
    })
    wire.at = stop
    return known
  }

  const readFlow = (wire: Wire, stop: number, id: number): Received => {
    const flow = newFlow()
    flow.id = id
    let known = noKey
    while (wire.at < stop) {
      const tag = varint(wire)
      if (tag === 10) known = readKnown(wire, stop)
      else if (tag === 34) addLabel(flow.sourceLabels, repeatedText(wire, stop))
      else if (tag === 42) addLabel(flow.destLabels, repeatedText(wire, stop))
      else readCounter(flow, wire, tag, stop)
    }
    if (wire.at !== stop) throw malformed
    return known === noKey ? empty : observe(known, flow)
  }

  /** `field`: where the flow is in this message. */
  const read = (message: Buffer, field: number): Received => {
    const wire: Wire = { buffer: message, at: 0 }
    let id = 0
    let from = -1
    let to = 0
    while (wire.at < message.length) {
      const tag = varint(wire)
      if (tag === field * 8 + 2) {
        to = fieldEnd(wire, message.length)
        from = wire.at
        wire.at = to
      } else if (tag === 8) id = count(wire, tag, message.length)
      else skip(wire, tag, message.length)
    }
    if (from < 0) return empty
    wire.at = from
    return readFlow(wire, to, id)
  }

  const guarded = (message: Buffer, field: number): Received => {
    try {
      return read(message, field)
    } catch (thrown) {
      if (thrown === malformed) return notProtobuf
      throw thrown
    }
  }

  return { kinds, result: (message) => guarded(message, 2), update: (message) => guarded(message, 1) }
}

function readCounter(flow: RawFlow, wire: Wire, tag: number, stop: number): void {
  switch (tag) {
    case 16:
      flow.start = count(wire, tag, stop)
      break
    case 24:
      flow.end = count(wire, tag, stop)
      break
    case 48:
      flow.packetsIn = count(wire, tag, stop)
      break
    case 56:
      flow.packetsOut = count(wire, tag, stop)
      break
    case 64:
      flow.bytesIn = count(wire, tag, stop)
      break
    case 72:
      flow.bytesOut = count(wire, tag, stop)
      break
    case 80:
      flow.started = count(wire, tag, stop)
      break
    case 88:
      flow.completed = count(wire, tag, stop)
      break
    case 96:
      flow.live = count(wire, tag, stop)
      break
    default:
      skip(wire, tag, stop)
  }
}

function addLabel(labels: string[], label: string): void {
  if (labels.length < bounds.labels) labels.push(clean(label, bounds.label))
}
