import { clean } from '@/collectors/kit/text'
import { type Wire, fieldEnd, repeatedText, skip, text, varint } from '@/collectors/kit/wire'
import { type RawAddress, resetAddress } from './raw-entry'

/** core.v3.Address: a socket, a pipe (which names nobody) or a listener within Envoy, which may name what is behind it. */
export function readAddress(into: RawAddress, wire: Wire, stop: number): void {
  resetAddress(into)
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 10) readSocket(into, wire, fieldEnd(wire, stop))
    else if (tag === 26) readInternal(into, wire, fieldEnd(wire, stop))
    else skip(wire, tag, stop)
  }
}

function readSocket(into: RawAddress, wire: Wire, stop: number): void {
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 8) into.udp = varint(wire) === 1
    else if (tag === 18) into.ip = plainIp(repeatedText(wire, stop))
    else if (tag === 24) into.port = varint(wire) & 0xffff
    else skip(wire, tag, stop)
  }
}

function readInternal(into: RawAddress, wire: Wire, stop: number): void {
  into.internal = true
  while (wire.at < stop) {
    const tag = varint(wire)
    if (tag === 18) setAddress(into, text(wire, stop))
    else skip(wire, tag, stop)
  }
}

/** `10.0.0.1:8080`, `[fd00::1]:8080`; anything else is no address. */
function setAddress(into: RawAddress, endpoint: string): void {
  const [, bracketed, plain, port = ''] = /^(?:\[([0-9a-fA-F:.]{2,45})\]|([\d.]{7,15})):(\d{1,5})$/.exec(endpoint) ?? []
  const ip = bracketed ?? plain
  if (ip === undefined) return
  into.ip = plainIp(ip)
  into.port = Number(port) & 0xffff
}

const mapped = '::ffff:'

/** An IPv4 address in IPv6's clothes is an IPv4 address. */
function plainIp(ip: string): string {
  const bare = ip.startsWith(mapped) && ip.includes('.') ? ip.slice(mapped.length) : ip
  return clean(bare, 64)
}
