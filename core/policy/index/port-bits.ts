import { portSet } from '../port-set'
import {
  highestPort,
  lowestPort,
  type PortItem,
  type PortMatch,
  type PortProtocol,
  portProtocols,
  type PortRange,
} from '../ports'
import type { Rule } from '../normal-form'
import { type Bits, emptyBits, setBit, copyBits } from './bitset'
import type { EndTable } from './end-table'

/** Ports of one protocol that all rules of a row treat alike. */
export type PortPart = { readonly protocol: PortProtocol; readonly from: number; readonly to: number }

/** Ports that pods declare by name, for destinations that are looked up among many. */
export type NamedPorts = {
  /** Numbers that a name has somewhere, for a protocol. */
  readonly numbers: (name: string, protocol: PortProtocol) => ReadonlyMap<number, Bits>
}

export function namedPortsOf(table: EndTable): NamedPorts {
  const byName = new Map<string, Map<number, Bits>>()
  for (const [i, workload] of table.workloads.entries())
    for (const { name, protocol, port } of workload.ports) {
      const key = `${protocol}/${name}`
      const numbers = byName.get(key) ?? new Map<number, Bits>()
      byName.set(key, numbers)
      const bits = numbers.get(port) ?? emptyBits(table.size)
      numbers.set(port, bits)
      setBit(bits, i)
    }
  const none = new Map<number, Bits>()
  return { numbers: (name, protocol) => byName.get(`${protocol}/${name}`) ?? none }
}

/** All ports, cut at the edges of what the rules say; names at every number that they stand for. */
export function portParts(
  rules: Iterable<Rule>,
  numbersOf: (name: string, protocol: PortProtocol) => Iterable<number>,
) {
  const starts = portProtocols.map(() => new Set([lowestPort]))
  const cut = (protocol: number, { from, to }: PortRange) => {
    starts[protocol]?.add(from)
    if (to < highestPort) starts[protocol]?.add(to + 1)
  }
  for (const { ports } of rules) {
    if (ports === null) continue
    for (const item of [...(ports.some ?? []), ...ports.none])
      for (const [p, protocol] of portProtocols.entries()) {
        if (item.port === 'any' || (item.protocol !== 'any' && item.protocol !== protocol)) continue
        if (!('name' in item.port)) cut(p, item.port)
        else for (const port of numbersOf(item.port.name, protocol)) cut(p, { from: port, to: port })
      }
  }
  return portProtocols.flatMap((protocol, p): PortPart[] => {
    const sorted = [...(starts[p] ?? [])].sort((a, b) => a - b)
    return sorted.map((from, i) => ({ protocol, from, to: (sorted[i + 1] ?? highestPort + 1) - 1 }))
  })
}

/** For which destinations a port condition holds in a part: all, none, or those. */
export function portBits(
  match: PortMatch | null,
  part: PortPart,
  named: (name: string, part: PortPart) => Bits | boolean,
  size: number,
): Bits | boolean {
  if (match === null) return true
  const some = match.some === null ? true : anyOf(match.some, part, named, size)
  const none = match.none.length === 0 ? false : anyOf(match.none, part, named, size)
  if (some === false || none === true) return false
  if (none === false) return some
  const left = some === true ? emptyBits(size).fill(0xffffffff) : copyBits(some)
  for (let w = 0; w < left.length; w++) left[w] = (left[w] ?? 0) & ~(none[w] ?? 0)
  return left
}

function anyOf(
  items: readonly PortItem[],
  part: PortPart,
  named: (name: string, part: PortPart) => Bits | boolean,
  size: number,
): Bits | boolean {
  let bits: Bits | null = null
  for (const { protocol, port } of items) {
    if (protocol !== 'any' && protocol !== part.protocol) continue
    if (port === 'any') return true
    const holds = 'name' in port ? named(port.name, part) : part.from >= port.from && part.to <= port.to
    if (holds === true) return true
    if (holds === false) continue
    bits ??= emptyBits(size)
    for (let w = 0; w < bits.length; w++) bits[w] = (bits[w] ?? 0) | (holds[w] ?? 0)
  }
  return bits ?? false
}

/** Ports of parts as they are written for people. */
export const partsAsSet = (parts: readonly PortPart[], protocol: PortProtocol) =>
  portSet(parts.filter((part) => part.protocol === protocol))
