import type { EventIds } from '../random'
import type { Sent } from './exchange'
import type { Note } from './truth'

/**
 * An encoded event and where its time, uuid and latency stand. The places are found by their bytes,
 * so a patched event has exactly the length and the field order of the first.
 */
export type Template = {
  readonly node: number
  readonly note: Note
  readonly data: Buffer
  readonly isResponse: boolean
  readonly uuidAt: number
  /** Offsets of the nanoseconds' varints (5 bytes each) of flow.time and the response's time. */
  readonly nanosAt: readonly number[]
  readonly secondsAt: readonly number[]
  readonly latencyAt: number | null
}

/** Milliseconds whose nanoseconds take five bytes as varint: patches write five, padded where fewer would do. */
const wideMs = 999.5
/** Latency of the same width: 0.9 s in nanoseconds. */
const wideLatencyMs = 900

export function template({ flow, node, note }: Sent, encode: (flow: Sent['flow']) => Buffer): Template {
  const time = Math.floor(flow.time / 1000) * 1000 + wideMs
  const l7 = flow.l7?.latency === undefined ? flow.l7 : { ...flow.l7, latency: wideLatencyMs }
  const encoded = encode({ ...flow, time, l7 })
  // A copy of its own: the encoder's buffers share slabs with what is soon garbage.
  const data = Buffer.allocUnsafeSlow(encoded.length)
  data.set(encoded)
  const seconds = varint5(Math.floor(time / 1000))
  const secondsAt = positions(data, Buffer.concat([Buffer.from([0x08]), seconds, Buffer.from([0x10])])).map(
    (at) => at + 1,
  )
  const latency = Buffer.concat([Buffer.from([0x10]), varint5(wideLatencyMs * 1e6)])
  const latencyAt = l7?.latency === undefined ? null : data.indexOf(latency) + 1
  return {
    node,
    note,
    data,
    isResponse: note.what === 'response',
    uuidAt: data.indexOf(flow.uuid, 0, 'latin1'),
    secondsAt,
    nanosAt: secondsAt.map((at) => at + 6),
    latencyAt,
  }
}

/** A new event of the template: its own time (ms), uuid and latency (ms, at most 34 s), written over the one before. O(1). */
export function patchTemplate(t: Template, time: number, latency: number, ids: EventIds): Buffer {
  const { data } = t
  const seconds = Math.floor(time / 1000)
  for (const at of t.secondsAt) writeVarint5(data, at, seconds)
  const nanos = Math.floor((time - seconds * 1000) * 1e6)
  for (const at of t.nanosAt) writeVarint5(data, at, nanos)
  if (t.latencyAt !== null) writeVarint5(data, t.latencyAt, Math.min(34e9, Math.round(latency * 1e6)))
  const n = ids.take()
  writeHex(data, t.uuidAt, ids.word(0, n))
  writeHex(data, t.uuidAt + 28, ids.word(3, n))
  return data
}

function writeVarint5(data: Buffer, at: number, value: number): void {
  let rest = value
  for (let i = 0; i < 4; i++) {
    data[at + i] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  data[at + 4] = rest
}

function varint5(value: number): Buffer {
  const bytes = Buffer.alloc(5)
  writeVarint5(bytes, 0, value)
  return bytes
}

const digits = Buffer.from('0123456789abcdef', 'latin1')

function writeHex(data: Buffer, at: number, value: number): void {
  const bits = value >>> 0
  for (let i = 0; i < 8; i++) data[at + i] = digits[(bits >>> (28 - i * 4)) & 15] ?? 48
}

function positions(data: Buffer, needle: Buffer): number[] {
  const found: number[] = []
  for (let at = data.indexOf(needle); at >= 0; at = data.indexOf(needle, at + 1)) found.push(at)
  return found
}
