import { type Fields, isFields } from '../../read'
import type { PortChoice } from '../visual'
import { numberOf, textOf } from './fields'
import { refused, type Refused } from './kind-editor'

const protocols = ['TCP', 'UDP', 'SCTP'] as const
export const strangePort: PortChoice = { protocol: 'other', port: 'any' }

/** A port of a NetworkPolicy as it is shown. */
export function portOf(item: unknown): PortChoice {
  if (!isFields(item)) return strangePort
  const protocol = protocols.find((one) => one === (item.protocol ?? 'TCP'))
  if (!protocol || Object.keys(item).some((key) => !['protocol', 'port', 'endPort'].includes(key))) return strangePort
  const name = textOf(item.port)
  if (name !== null) return { protocol, port: { name } }
  const from = numberOf(item.port)
  if (from === null) return { protocol, port: 'any' }
  return { protocol, port: { from, to: numberOf(item.endPort) ?? from } }
}

/** `any` protocol is written as one item for each. */
export function writePort({ protocol, port }: PortChoice): readonly Fields[] | Refused {
  if (protocol === 'any') return protocols.map((one) => item(one, port))
  const known = protocols.find((one) => one === protocol)
  return known ? [item(known, port)] : refused('A NetworkPolicy knows TCP, UDP and SCTP only.')
}

function item(protocol: string, port: PortChoice['port']): Fields {
  if (port === 'any') return { protocol }
  if ('name' in port) return { protocol, port: port.name }
  return { protocol, port: port.from, ...(port.to > port.from ? { endPort: port.to } : {}) }
}
