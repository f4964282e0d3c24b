import type { CompiledPolicies } from './compile'
import type { Connections, End, Flow, PolicyVerdict, PortsByProtocol } from './decision'
import { evaluate, tiersOf } from './evaluate'
import { namedPorts } from './match-ports'
import type { Rule } from './normal-form'
import { isAllPorts, portSet } from './port-set'
import {
  highestPort,
  lowestPort,
  type PortItem,
  type PortProtocol,
  portProtocols,
  type PortRange,
  type PortSet,
} from './ports'

/**
 * Everything that may pass from one end to another. Ports are cut where a rule of either end begins or stops to
 * match; within a part all are alike, so one of them is judged.
 */
export function connections(
  compiled: CompiledPolicies,
  from: End,
  to: End,
  how: Pick<Flow, 'mtls' | 'request'> = {},
): Connections {
  const partsOf = portPartsBetween(compiled, from, to)
  const parts = portProtocols.map((protocol) => {
    const found: Record<PolicyVerdict, PortRange[]> = { allowed: [], denied: [], undefined: [] }
    for (const range of partsOf(protocol))
      found[evaluate(compiled, { ...how, from, to, protocol, port: range.from }).verdict].push(range)
    return { protocol, allowed: portSet(found.allowed), open: portSet(found.undefined) }
  })
  return {
    allowed: byProtocol(parts.map(({ protocol, allowed }) => [protocol, allowed])),
    open: byProtocol(parts.map(({ protocol, open }) => [protocol, open])),
  }
}

/** Whether every port of every protocol is in it. */
export const isEverything = (ports: PortsByProtocol): boolean =>
  portProtocols.every((protocol) => isAllPorts(ports[protocol] ?? []))

export const isNothing = (ports: PortsByProtocol): boolean => Object.keys(ports).length === 0

/** Only those with a port. */
export const byProtocol = (entries: readonly (readonly [PortProtocol, PortSet])[]): PortsByProtocol =>
  Object.fromEntries(entries.filter(([, set]) => set.length > 0))

/** All ports of a protocol, cut where a rule of either end begins or stops to match. */
export function portPartsBetween(
  compiled: CompiledPolicies,
  from: End,
  to: End,
): (protocol: PortProtocol) => readonly PortRange[] {
  const rules = rulesBetween(compiled, from, to)
  return (protocol) => portParts(rules, protocol, to)
}

function rulesBetween(compiled: CompiledPolicies, from: End, to: End): readonly Rule[] {
  const egress = from.type === 'workload' ? tiersOf(compiled, from.workload, 'network', 'egress') : []
  const ingress =
    to.type === 'workload'
      ? [...tiersOf(compiled, to.workload, 'network', 'ingress'), ...tiersOf(compiled, to.workload, 'mesh', 'ingress')]
      : []
  return [...egress, ...ingress].flatMap(({ blocks }) => blocks.flatMap(({ block }) => block.rules))
}

/** All ports, cut at the edges of what the rules say of this protocol. */
function portParts(rules: readonly Rule[], protocol: PortProtocol, to: End): readonly PortRange[] {
  const starts = new Set([lowestPort])
  for (const { ports } of rules)
    for (const item of [...(ports?.some ?? []), ...(ports?.none ?? [])])
      for (const { from, to: last } of rangesOf(item, protocol, to)) {
        starts.add(from)
        if (last < highestPort) starts.add(last + 1)
      }
  const sorted = [...starts].sort((a, b) => a - b)
  return sorted.map((from, i) => ({ from, to: (sorted[i + 1] ?? highestPort + 1) - 1 }))
}

function rangesOf({ protocol, port }: PortItem, wanted: PortProtocol, to: End): readonly PortRange[] {
  if ((protocol !== 'any' && protocol !== wanted) || port === 'any') return []
  return 'name' in port ? namedPorts(to, port.name, wanted) : [port]
}
