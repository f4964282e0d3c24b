import type { Parsed, PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import type { PortItem, PortMatch, PortRange } from '../ports'
import { field, isAbsent, itemsAt, numberAt, type Reader, readerOf, refOf, refuse, textAt, wordAt } from '../read'
import { checkHead } from '../read-head'
import { adminTier, baselineTier } from '../tiers'
import { selected } from './admin-peers'
import { adminBlocksAt, type AdminDialect, priorityAt } from './admin-policy'
import { checkPort, checkPortName } from './network-policy-ports'

/** policy.networking.k8s.io ClusterNetworkPolicy: first match by priority, before NetworkPolicies or after them. */
export const clusterNetworkPolicy: PolicyKind = {
  group: 'policy.networking.k8s.io',
  kind: 'ClusterNetworkPolicy',
  plural: 'clusternetworkpolicies',
  versions: ['v1alpha2'],
  namespaced: false,
  standsAlone: true,
  parse,
}

const dialect: AdminDialect = {
  actions: { Accept: 'allow', Deny: 'deny', Pass: 'pass' },
  mostRules: 25,
  mostItems: 25,
  portsField: 'protocols',
  portsAt: protocolsAt,
  namespacesAt: selected,
  comparesNamespaces: false,
}

function parse(object: ModelObject): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, 'ClusterNetworkPolicy', false)
  const spec = field(at, 'spec')
  const tier = wordAt(field(spec, 'tier'), ['Admin', 'Baseline'])
  if (isAbsent(field(spec, 'tier'))) refuse(field(spec, 'tier'), 'is required')
  const priority = priorityAt(field(spec, 'priority'))
  const blocks = adminBlocksAt(spec, dialect)
  if (at.problems.length > 0) return { problems: at.problems }
  const { name } = tier === 'Baseline' ? baselineTier : adminTier
  return {
    meaning: (catalogue) => ({
      ref,
      mode: 'enforced',
      replaces: null,
      blocks: blocks(catalogue, name, priority),
      tiers: [],
    }),
  }
}

function protocolsAt(at: Reader): PortMatch | null {
  const items = itemsAt(at)
  if (items === null) return null
  if (items.length === 0) refuse(at, 'must not be empty')
  return { some: items.map(protocolAt), none: [] }
}

const names = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const

function protocolAt(at: Reader): PortItem {
  const fields = ['tcp', 'udp', 'sctp', 'destinationNamedPort'] as const
  const given = fields.filter((name) => !isAbsent(field(at, name)))
  const [name] = given
  if (given.length !== 1 || name === undefined) {
    refuse(at, `must have exactly one of ${fields.join(', ')}`)
    return { protocol: 'any', port: 'any' }
  }
  const value = field(at, name)
  if (name === 'destinationNamedPort') {
    const port = textAt(value) ?? ''
    checkPortName(value, port)
    return { protocol: 'any', port: { name: port } }
  }
  const portAt = field(value, 'destinationPort')
  if (isAbsent(portAt)) refuse(value, 'must have destinationPort')
  return { protocol: names[name], port: numberOrRangeAt(portAt) }
}

function numberOrRangeAt(at: Reader): PortRange {
  const range = field(at, 'range')
  if (isAbsent(field(at, 'number')) === isAbsent(range)) refuse(at, 'must have either number or range')
  if (isAbsent(range)) {
    const port = portAt(field(at, 'number'))
    return { from: port, to: port }
  }
  return rangeOfPortsAt(range)
}

/** `start` below `end`. */
export function rangeOfPortsAt(at: Reader): PortRange {
  const from = portAt(field(at, 'start'))
  const to = portAt(field(at, 'end'))
  if (from >= to) refuse(at, 'must start below its end')
  return { from, to }
}

export function portAt(at: Reader): number {
  const port = numberAt(at) ?? 0
  checkPort(at, port)
  return port
}
