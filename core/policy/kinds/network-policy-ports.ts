import { highestPort, lowestPort, type PortItem, type PortMatch } from '../ports'
import { field, isAbsent, itemsAt, numberAt, type Reader, refuse, unknownFields, wordAt } from '../read'

/** Absent or empty is every port of every protocol. */
export function portsAt(at: Reader): PortMatch | null {
  const items = itemsAt(at) ?? []
  return items.length === 0 ? null : { some: items.map(portAt), none: [] }
}

function portAt(at: Reader): PortItem {
  unknownFields(at, ['protocol', 'port', 'endPort'])
  const protocol = wordAt(field(at, 'protocol'), ['TCP', 'UDP', 'SCTP']) ?? 'TCP'
  const portAt = field(at, 'port')
  const endAt = field(at, 'endPort')
  if (typeof portAt.value === 'string') {
    checkPortName(portAt, portAt.value)
    if (!isAbsent(endAt)) refuse(endAt, 'must not be given with a named port')
    return { protocol, port: { name: portAt.value } }
  }
  const from = numberAt(portAt)
  const to = numberAt(endAt)
  if (from !== null) checkPort(portAt, from)
  if (to !== null) checkPort(endAt, to)
  if (from === null) {
    if (to !== null) refuse(endAt, 'must not be given without a port')
    return { protocol, port: 'any' }
  }
  if (to !== null && to < from) refuse(endAt, 'must not be below the port')
  return { protocol, port: { from, to: to ?? from } }
}

export function checkPort(at: Reader, port: number): void {
  if (!Number.isInteger(port) || port < lowestPort || port > highestPort)
    refuse(at, `must be between ${lowestPort} and ${highestPort}`)
}

/** An IANA service name: up to 15 of a-z, 0-9 and single inner hyphens, with a letter. */
export function checkPortName(at: Reader, name: string): void {
  const fits = name.length <= 15 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) && /[a-z]/.test(name)
  if (!fits) refuse(at, `${JSON.stringify(name)} is no port name`)
}
