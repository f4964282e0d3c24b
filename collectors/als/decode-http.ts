import { internAscii } from '@/collectors/kit/byte-cache'
import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, fieldOf, number, repeatedText, skip, varint } from '@/collectors/kit/wire'
import type { RawEntry } from './raw-entry'

/** HTTPRequestProperties, as far as the rules need them. Throws `malformed`. */
export function readRequest(raw: RawEntry, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.method = varint(wire)
    else if (tag === 26) raw.authority = clean(repeatedText(wire, stop), 300)
    else if (tag === 42) readPath(raw, wire, fieldEnd(wire, stop))
    else if (tag === 50) readAgent(raw, wire, fieldEnd(wire, stop))
    else if (tag === 106) readHeader(raw, wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
}

/** HTTPResponseProperties, as far as the rules need them. Throws `malformed`. */
export function readResponse(raw: RawEntry, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) raw.code = readWrapped(wire, fieldEnd(wire, stop))
    else if (tag === 34 || tag === 42) readHeader(raw, wire, fieldEnd(wire, stop))
    else if (tag === 50) raw.responseDetails = clean(repeatedText(wire, stop), 300)
    else skip(wire, tag, stop)
  }
}

/** TCP's ConnectionProperties: `received` from the caller, `sent` to it. */
export function readConnection(raw: RawEntry, wire: Wire, stop: number): void {
  raw.received = 0
  raw.sent = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) raw.received = varint(wire)
    else if (tag === 16) raw.sent = varint(wire)
    else skip(wire, tag, stop)
  }
}

function readWrapped(wire: Wire, stop: number): number {
  let value = 0
  while (wire.at < stop) {
    const tag = varint(wire)
    if (fieldOf(tag) === 1) value = number(wire, tag, stop)
    else skip(wire, tag, stop)
  }
  return value < 1000 ? value : 0
}

const slash = 0x2f
const questionMark = 0x3f

/** Whether it is `/package.Service/Method`: two parts and nothing more. */
function readPath(raw: RawEntry, wire: Wire, stop: number): void {
  let slashes = 0
  let plain = wire.buffer[wire.at] === slash
  for (let at = wire.at; at < stop && plain; at++) {
    const byte = wire.buffer[at]
    if (byte === slash) slashes++
    else if (byte === questionMark) plain = false
    if (slashes > 2) plain = false
  }
  raw.grpcPath = plain && slashes === 2
  raw.path = textBetween(wire, Math.min(stop, wire.at + maxPath))
  wire.at = stop
}

const maxPath = 2_000

const textBetween = ({ buffer, at }: Wire, stop: number): string =>
  internAscii(buffer, at, stop) ?? buffer.toString('utf8', at, stop)

const grpcAgent = Buffer.from('grpc-')

function readAgent(raw: RawEntry, wire: Wire, stop: number): void {
  raw.grpcAgent = stop - wire.at > grpcAgent.length && startsWith(wire, grpcAgent)
  wire.at = stop
}

const startsWith = ({ buffer, at }: Wire, prefix: Buffer): boolean =>
  prefix.compare(buffer, at, at + prefix.length) === 0

/** An entry of a header map: those that tell that it is gRPC and how it ended. */
function readHeader(raw: RawEntry, wire: Wire, stop: number): void {
  let name = ''
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) name = repeatedText(wire, stop)
    else if (tag === 18 && name === 'content-type')
      raw.grpcType ||= /^application\/grpc($|[+;])/.test(repeatedText(wire, stop))
    else if (tag === 18 && name === 'grpc-status') {
      const status = repeatedText(wire, stop)
      if (/^\d{1,2}$/.test(status) && Number(status) <= 16) raw.grpcStatus = Number(status)
    } else skip(wire, tag, stop)
  }
}
