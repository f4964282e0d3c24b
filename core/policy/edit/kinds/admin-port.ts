import { type Fields, isFields } from '../../read'
import { valueAt } from '../object-op'
import type { PortChoice } from '../visual'
import { numberOf, textOf } from './fields'
import { refused, type Refused } from './kind-editor'
import { strangePort } from './network-policy-port'

const protocols = ['TCP', 'UDP', 'SCTP'] as const
const words = { TCP: 'tcp', UDP: 'udp', SCTP: 'sctp' } as const
const everyPort = { from: 1, to: 65_535 }

/** An item of `protocols` of a ClusterNetworkPolicy. */
export function clusterPortOf(item: unknown): PortChoice {
  if (!isFields(item) || Object.keys(item).length !== 1) return strangePort
  const name = textOf(item.destinationNamedPort)
  if (name !== null) return { protocol: 'any', port: { name } }
  const protocol = protocols.find((one) => isFields(item[words[one]]))
  if (!protocol) return strangePort
  const at = [words[protocol], 'destinationPort']
  const number = numberOf(valueAt(item, [...at, 'number']))
  const from = number ?? numberOf(valueAt(item, [...at, 'range', 'start']))
  const to = number ?? numberOf(valueAt(item, [...at, 'range', 'end']))
  return from === null || to === null ? strangePort : { protocol, port: { from, to } }
}

export function writeClusterPort({ protocol, port }: PortChoice): readonly Fields[] | Refused {
  if (port !== 'any' && 'name' in port) return [{ destinationNamedPort: port.name }]
  const of = protocolsOf(protocol)
  if (!of) return refused('A ClusterNetworkPolicy knows TCP, UDP and SCTP only.')
  const range = port === 'any' ? everyPort : port
  const destinationPort =
    range.from === range.to ? { number: range.from } : { range: { start: range.from, end: range.to } }
  return of.map((one) => ({ [words[one]]: { destinationPort } }))
}

/** An item of `ports` of an AdminNetworkPolicy. */
export function adminPortOf(item: unknown): PortChoice {
  if (!isFields(item) || Object.keys(item).length !== 1) return strangePort
  const name = textOf(item.namedPort)
  if (name !== null) return { protocol: 'any', port: { name } }
  const value = isFields(item.portNumber) ? item.portNumber : isFields(item.portRange) ? item.portRange : {}
  const protocol = protocols.find((one) => one === (value.protocol || 'TCP'))
  const from = numberOf(value.port ?? value.start)
  const to = numberOf(value.port ?? value.end)
  return !protocol || from === null || to === null ? strangePort : { protocol, port: { from, to } }
}

export function writeAdminPort({ protocol, port }: PortChoice): readonly Fields[] | Refused {
  if (port !== 'any' && 'name' in port) return [{ namedPort: port.name }]
  const of = protocolsOf(protocol)
  if (!of) return refused('An AdminNetworkPolicy knows TCP, UDP and SCTP only.')
  const { from, to } = port === 'any' ? everyPort : port
  return of.map((one) =>
    from === to
      ? { portNumber: { protocol: one, port: from } }
      : { portRange: { protocol: one, start: from, end: to } },
  )
}

function protocolsOf(protocol: PortChoice['protocol']): readonly (typeof protocols)[number][] | null {
  if (protocol === 'any') return protocols
  const known = protocols.find((one) => one === protocol)
  return known ? [known] : null
}
