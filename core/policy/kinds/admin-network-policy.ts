import type { Parsed, PolicyKind } from '../kind'
import type { LabelMatch } from '../label-match'
import type { ModelNamespace, ModelObject } from '../model'
import type { PortItem, PortMatch } from '../ports'
import { field, isAbsent, itemsAt, type Reader, readerOf, refOf, refuse, textAt } from '../read'
import { checkHead } from '../read-head'
import { adminTier, baselineTier } from '../tiers'
import { type NamespacePick, selected } from './admin-peers'
import { adminBlocksAt, type AdminDialect, priorityAt } from './admin-policy'
import { portAt, rangeOfPortsAt } from './cluster-network-policy'
import { checkPortName } from './network-policy-ports'

/** policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy, which ClusterNetworkPolicy took the place of. */
export const adminNetworkPolicy: PolicyKind = {
  group: 'policy.networking.k8s.io',
  kind: 'AdminNetworkPolicy',
  plural: 'adminnetworkpolicies',
  versions: ['v1alpha1'],
  namespaced: false,
  standsAlone: true,
  parse: (object) => parse(object, 'AdminNetworkPolicy'),
}

/** The one policy named `default` that is read after NetworkPolicies. */
export const baselineAdminNetworkPolicy: PolicyKind = {
  group: 'policy.networking.k8s.io',
  kind: 'BaselineAdminNetworkPolicy',
  plural: 'baselineadminnetworkpolicies',
  versions: ['v1alpha1'],
  namespaced: false,
  standsAlone: true,
  parse: (object) => parse(object, 'BaselineAdminNetworkPolicy'),
}

function parse(object: ModelObject, kind: 'AdminNetworkPolicy' | 'BaselineAdminNetworkPolicy'): Parsed {
  const at = readerOf(object)
  checkHead(at)
  const ref = refOf(object, kind, false)
  const spec = field(at, 'spec')
  const baseline = kind === 'BaselineAdminNetworkPolicy'
  if (baseline && ref.name !== 'default') refuse(field(field(at, 'metadata'), 'name'), 'must be default')
  const priority = baseline ? 0 : priorityAt(field(spec, 'priority'))
  const blocks = adminBlocksAt(spec, {
    ...dialect,
    actions: baseline ? { Allow: 'allow', Deny: 'deny' } : { ...dialect.actions, Pass: 'pass' },
    comparesNamespaces: /"(?:sameLabels|notSameLabels)":/.test(JSON.stringify(spec.value ?? null)),
  })
  if (at.problems.length > 0) return { problems: at.problems }
  const { name } = baseline ? baselineTier : adminTier
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

const dialect = {
  actions: { Allow: 'allow', Deny: 'deny' },
  mostRules: 100,
  mostItems: 100,
  portsField: 'ports',
  portsAt,
  namespacesAt,
} as const satisfies Omit<AdminDialect, 'comparesNamespaces'>

/** A selector, or as early versions wrote it: a selector below `namespaceSelector`, or a comparison with the subject. */
function namespacesAt(at: Reader): NamespacePick {
  const same = keysAt(field(at, 'sameLabels'))
  const differ = keysAt(field(at, 'notSameLabels'))
  if (same) return (own) => compared(own, same, (key, value) => ({ op: 'in', key, values: [value] }))
  if (differ)
    return (own) =>
      compared(own, differ, (key, value) => ({
        op: 'every',
        of: [
          { op: 'has', key },
          { op: 'not-in', key, values: [value] },
        ],
      }))
  const below = field(at, 'namespaceSelector')
  return selected(isAbsent(below) ? at : below)
}

const keysAt = (at: Reader): readonly string[] | null => itemsAt(at)?.map((item) => textAt(item) ?? '') ?? null

function compared(
  own: ModelNamespace | null,
  keys: readonly string[],
  part: (key: string, value: string) => LabelMatch,
): LabelMatch | null {
  const values = keys.map((key) => own?.labels[key])
  if (keys.length === 0 || values.includes(undefined)) return null
  return { op: 'every', of: keys.map((key, i) => part(key, values[i] ?? '')) }
}

function portsAt(at: Reader): PortMatch | null {
  const items = itemsAt(at) ?? []
  return items.length === 0 ? null : { some: items.map(onePortAt), none: [] }
}

function onePortAt(at: Reader): PortItem {
  const fields = ['portNumber', 'portRange', 'namedPort'] as const
  const given = fields.filter((name) => !isAbsent(field(at, name)))
  const [name] = given
  if (given.length !== 1 || name === undefined) {
    refuse(at, `must have exactly one of ${fields.join(', ')}`)
    return { protocol: 'any', port: 'any' }
  }
  const value = field(at, name)
  if (name === 'namedPort') {
    const port = textAt(value) ?? ''
    checkPortName(value, port)
    return { protocol: 'any', port: { name: port } }
  }
  const protocol = protocolAt(field(value, 'protocol'))
  if (name === 'portRange') return { protocol, port: rangeOfPortsAt(value) }
  const port = portAt(field(value, 'port'))
  return { protocol, port: { from: port, to: port } }
}

/** TCP where it is absent or empty. */
function protocolAt(at: Reader): 'TCP' | 'UDP' | 'SCTP' {
  const text = textAt(at) ?? ''
  if (text === '' || text === 'TCP') return 'TCP'
  if (text === 'UDP' || text === 'SCTP') return text
  refuse(at, 'must be TCP or UDP or SCTP')
  return 'TCP'
}
