import { highestPort, type PortItem, type PortMatch, type Protocol } from '../ports'
import { field, isAbsent, itemsAt, numberAt, type Reader, refuse, textAt } from '../read'

const mostPorts = 50
const names = ['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'] as const
const numbers: Readonly<Record<number, Protocol>> = {
  1: 'ICMP',
  6: 'TCP',
  17: 'UDP',
  58: 'ICMPv6',
  132: 'SCTP',
  136: 'UDPLite',
}

/** A protocol by name or number; null: absent. `other` is one of those that the engine does not tell apart. */
export function protocolAt(at: Reader): Protocol | null {
  if (isAbsent(at)) return null
  if (typeof at.value === 'number' || (typeof at.value === 'string' && /^\d+$/.test(at.value))) {
    const number = Number(at.value)
    if (!Number.isInteger(number) || number < 1 || number > 255) refuse(at, 'must be between 1 and 255')
    return numbers[number] ?? 'other'
  }
  const text = textAt(at)
  const name = names.find((one) => one === text)
  if (!name) refuse(at, `must be ${names.join(', ')} or a number`)
  return name ?? 'other'
}

/** Ports of a rule's `source` or `destination` that may not be matched without a protocol that has ports. */
export function portsAt(entity: Reader, protocol: Protocol | null, notProtocol: Protocol | null): PortMatch | null {
  const ports = itemsOf(field(entity, 'ports'))
  const notPorts = itemsOf(field(entity, 'notPorts'))
  const portless = protocol === null || !['TCP', 'UDP', 'SCTP'].includes(protocol)
  if (portless && ports.length + notPorts.length > 0)
    refuse(entity, 'must not have ports where the protocol is not TCP, UDP or SCTP')
  const item = (port: PortItem['port']): PortItem => ({ protocol: protocol ?? 'any', port })
  const some = ports.length > 0 ? ports.map(item) : protocol === null ? null : [item('any')]
  const none = notPorts.map(item)
  if (notProtocol !== null) none.push({ protocol: notProtocol, port: 'any' })
  return some === null && none.length === 0 ? null : { some, none }
}

function itemsOf(at: Reader): readonly PortItem['port'][] {
  const items = itemsAt(at) ?? []
  if (items.length > mostPorts) refuse(at, `must not have more than ${mostPorts} items`)
  return items.map(portAt)
}

/** A number, a range `from:to`, or a name. */
function portAt(at: Reader): PortItem['port'] {
  if (typeof at.value === 'number') return rangeOf(at, at.value, at.value)
  const text = textAt(at) ?? ''
  const [, from = '', to = from] = /^(\d+)(?::(\d+))?$/.exec(text) ?? []
  if (from !== '') return rangeOf(at, Number(from), Number(to))
  if (!/^[a-zA-Z0-9_.-]{1,128}$/.test(text)) refuse(at, `${JSON.stringify(text)} is no port, range or name`)
  return { name: text }
}

function rangeOf(at: Reader, from: number, to: number): PortItem['port'] {
  const fits = [from, to].every((port) => Number.isInteger(port) && port >= 0 && port <= highestPort)
  if (!fits) refuse(at, `must be between 0 and ${highestPort}`)
  else if (from > to) refuse(at, 'must not begin behind its end')
  return { from, to }
}

/** `icmp` or `notICMP`: whether there is one. What type a message has is not recorded. */
export function icmpAt(at: Reader): boolean {
  if (isAbsent(at)) return false
  const number = (name: string, most: number) => {
    const value = numberAt(field(at, name))
    if (value !== null && (!Number.isInteger(value) || value < 0 || value > most))
      refuse(field(at, name), `must be between 0 and ${most}`)
    return value
  }
  if (number('code', 255) !== null && number('type', 254) === null)
    refuse(field(at, 'code'), 'must not be given without type')
  return number('type', 254) !== null
}
