import type { Fields } from '../../read'
import { valueAt } from '../object-op'
import type { Path } from '../path'
import type { PortChoice, RequestChoice, Several } from '../visual'
import { fieldsOf, listAt, textOf, withValue } from './fields'
import { type Next, refused, type Refused } from './kind-editor'

const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'] as const
const numbers: Readonly<Record<string, PortChoice['protocol']>> = {
  1: 'ICMP',
  6: 'TCP',
  17: 'UDP',
  58: 'ICMPv6',
  132: 'SCTP',
}

const protocolOf = (value: unknown): PortChoice['protocol'] =>
  protocols.find((one) => one === value) ?? numbers[String(value)] ?? 'other'

/** `protocol` and `destination.ports`. */
export function calicoPortsOf(rule: Fields, path: Path): Several<PortChoice> {
  const ports = listAt(rule, ['destination', 'ports'])
  const given = rule.protocol !== undefined && rule.protocol !== null
  if (ports.length === 0 && !given) return { are: 'everything' }
  const protocol = given ? protocolOf(rule.protocol) : 'any'
  if (ports.length === 0)
    return { are: 'some', items: [{ path: [...path, 'protocol'], value: { protocol, port: 'any' } }] }
  return {
    are: 'some',
    items: ports.map((port, i) => ({
      path: [...path, 'destination', 'ports', i],
      value: { protocol, port: portOf(port) },
    })),
  }
}

function portOf(value: unknown): PortChoice['port'] {
  if (typeof value === 'number') return { from: value, to: value }
  const text = textOf(value) ?? ''
  const [, from, to = from] = /^(\d+)(?::(\d+))?$/.exec(text) ?? []
  return from === undefined ? { name: text } : { from: Number(from), to: Number(to) }
}

/** A rule is about one protocol. */
export function withCalicoPorts(rule: Fields, next: Next<PortChoice>): Fields | Refused {
  if (next === 'everything') return withPortList(withValue(rule, ['protocol'], undefined), undefined)
  const items = next.map((item) => {
    if (!('keep' in item)) return { ...item.value, raw: portText(item.value.port) }
    const raw = item.keep.length === 1 ? undefined : valueAt(rule, item.keep)
    return { protocol: protocolOf(rule.protocol), port: raw === undefined ? ('any' as const) : portOf(raw), raw }
  })
  const [first] = items
  if (!first) return rule
  if (items.some(({ protocol }) => protocol !== first.protocol))
    return refused('A rule of Calico is about one protocol. Add another rule.')
  const { protocol } = first
  if (protocol === 'any') return refused('Calico asks for a protocol beside ports. Choose one.')
  const typed = protocolOf(rule.protocol) === protocol ? rule : withValue(rule, ['protocol'], protocol)
  if (items.some(({ port }) => port === 'any')) return withPortList(typed, undefined)
  return withPortList(
    typed,
    items.map(({ raw }) => raw),
  )
}

function portText(port: PortChoice['port']): unknown {
  if (port === 'any') return undefined
  if ('name' in port) return port.name
  return port.from === port.to ? port.from : `${port.from}:${port.to}`
}

/** A destination that says nothing more goes. */
function withPortList(rule: Fields, ports: readonly unknown[] | undefined): Fields {
  const next = withValue(rule, ['destination', 'ports'], ports)
  return Object.keys(fieldsOf(next.destination)).length === 0 ? withValue(next, ['destination'], undefined) : next
}

/** `http`: methods, and paths of which those of a prefix end with a star here. */
export function calicoRequestsOf(rule: Fields, path: Path): Several<RequestChoice> {
  const http = fieldsOf(rule.http)
  const methods = listAt(http, ['methods']).flatMap((one) => textOf(one) ?? [])
  const paths = listAt(http, ['paths']).flatMap((one) => {
    const { exact, prefix } = fieldsOf(one)
    return textOf(exact) ?? (textOf(prefix) === null ? [] : `${textOf(prefix)}*`)
  })
  if (methods.length + paths.length === 0) return { are: 'everything' }
  return { are: 'some', items: [{ path: [...path, 'http'], value: { methods, paths } }] }
}

export function withCalicoRequests(rule: Fields, next: Next<RequestChoice>): Fields | Refused {
  if (next === 'everything') return withValue(rule, ['http'], undefined)
  const values = next.flatMap((item) => ('value' in item ? [item.value] : []))
  const [value] = values
  if (next.length > 1) return refused('A rule of Calico has one list of methods and one of paths. Add another rule.')
  if (!value) return rule
  const paths = value.paths.map((one) => (one.endsWith('*') ? { prefix: one.slice(0, -1) } : { exact: one }))
  const http = {
    ...(value.methods.length > 0 ? { methods: value.methods } : {}),
    ...(paths.length > 0 ? { paths } : {}),
  }
  return withValue(rule, ['http'], http)
}
