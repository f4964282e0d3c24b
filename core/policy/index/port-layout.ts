import type { End } from '../decision'
import { portsMatch } from '../match-ports'
import type { Workload } from '../model'
import type { Direction, Rule } from '../normal-form'
import type { PortMatch } from '../ports'
import { no } from '../tri'
import type { Bits } from './bitset'
import { type NamedPorts, portBits, type PortPart, portParts } from './port-bits'

/** The ports of a row, and for each part how far its rules reach; parts in which the same rules speak share a group. */
export type PortLayout = {
  readonly parts: readonly PortPart[]
  /** For each part, its group. */
  readonly groupOf: readonly number[]
  /** For each group and rule, for which other ends its ports hold. */
  readonly reach: readonly (readonly (Bits | boolean)[])[]
}

export type LayoutMaker = (rules: readonly Rule[], workload: Workload, direction: Direction) => PortLayout

const ids = new WeakMap<PortMatch, string>()

function idOf(ports: PortMatch | null | undefined): string {
  if (!ports) return ''
  const known = ids.get(ports)
  if (known !== undefined) return known
  const made = JSON.stringify(ports)
  ids.set(ports, made)
  return made
}

/** Rows whose rules have the same ports have the same layout, which is found once. */
export function layoutMaker(named: NamedPorts, size: number): LayoutMaker {
  const layouts = new Map<string, PortLayout>()
  return (rules, workload, direction) => {
    const own =
      direction === 'ingress' ? workload.ports.map((one) => `${one.name}${one.protocol}${one.port}`).join() : 'out'
    const key = `${own}|${rules.map((rule) => `${rule.action === 'log'}${idOf(rule.ports)}${idOf(rule.sourcePorts)}`).join('|')}`
    const known = layouts.get(key)
    if (known) return known
    const made = layOut(rules, workload, direction, named, size)
    layouts.set(key, made)
    return made
  }
}

const nobody: End = { type: 'external', address: '' }

function layOut(
  rules: readonly Rule[],
  workload: Workload,
  direction: Direction,
  named: NamedPorts,
  size: number,
): PortLayout {
  const numbersOf = (name: string, protocol: PortPart['protocol']) =>
    direction === 'egress'
      ? named.numbers(name, protocol).keys()
      : workload.ports.filter((port) => port.name === name && port.protocol === protocol).map(({ port }) => port)
  /** A name is looked up on the destination: this workload for ingress, each other end for egress. */
  const namedHere = (name: string, part: PortPart): Bits | boolean => {
    if (direction === 'egress') return named.numbers(name, part.protocol).get(part.from) ?? false
    return part.from === part.to && numbersOfHas(numbersOf(name, part.protocol), part.from)
  }
  const reachOf = ({ action, ports, sourcePorts }: Rule, part: PortPart): Bits | boolean => {
    if (action === 'log') return false
    if (sourcePorts && portsMatch(sourcePorts, part.protocol, null, nobody) === no) return false
    return portBits(ports, part, namedHere, size)
  }
  const groups = new Map<string, number>()
  const reach: (readonly (Bits | boolean)[])[] = []
  const parts = portParts(rules, numbersOf)
  const groupOf = parts.map((part) => {
    const own = rules.map((rule) => reachOf(rule, part))
    const key = own.map((one) => (one === true ? '1' : one === false ? '0' : `${part.protocol}${part.from}`)).join()
    const group = groups.get(key) ?? reach.push(own) - 1
    groups.set(key, group)
    return group
  })
  return { parts, groupOf, reach }
}

function numbersOfHas(numbers: Iterable<number>, wanted: number): boolean {
  for (const number of numbers) if (number === wanted) return true
  return false
}
