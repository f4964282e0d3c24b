import type { ModelObject } from '../../model'
import type { Direction, PolicyRef } from '../../normal-form'
import type { Abilities, Side, Visual, VisualRule } from '../visual'
import { calicoNamespaces, calicoNamespaceText, pickOf, selectorFor } from './calico-labels'
import { calicoAlso, calicoPeersOf, withCalicoPeers } from './calico-peer'
import { calicoPortsOf, calicoRequestsOf, withCalicoPorts, withCalicoRequests } from './calico-port'
import { alsoIn, fieldsOf, listAt, numberOf, textOf, withValue } from './fields'
import { type KindEditor, refused } from './kind-editor'
import { reachOf } from './reach'

const words = { allow: 'Allow', deny: 'Deny', pass: 'Pass', log: 'Log' } as const
const actions = ['allow', 'deny', 'pass', 'log'] as const
const types = { ingress: 'Ingress', egress: 'Egress' } as const
const directions = ['ingress', 'egress'] as const
const isGlobal = ({ kind }: ModelObject) => typeof kind === 'string' && kind.includes('Global')
const noWay = refused('Rules of Calico allow, deny, pass or log.')
const wordOf = (action: string) => actions.find((one) => one === action)

/** NetworkPolicy and GlobalNetworkPolicy of Calico, and their staged kinds. */
export const calicoEditor: KindEditor = {
  visualOf,
  withPeers: (rule, next, { direction, object }) => withCalicoPeers(rule, next, direction, isGlobal(object)),
  withPorts: withCalicoPorts,
  withRequests: (rule, next, { direction, action }) =>
    next !== 'everything' && (direction === 'egress' || action !== 'allow')
      ? refused('Calico asks for methods and paths where it allows ingress only.')
      : withCalicoRequests(rule, next),
  homeOf: ({ direction, action }) => {
    const known = wordOf(action)
    return known ? { list: ['spec', direction], rule: { action: words[known] } } : noWay
  },
  settle: (object, direction) =>
    governed(object).includes(direction) ? object : withTypes(object, [...governed(object), direction]),
  withSubject: (object, { namespaces, pods }) => {
    const spec = fieldsOf(object.spec)
    const next = withValue(object, ['spec', 'selector'], selectorFor(pods, textOf(spec.selector)) ?? undefined)
    if (!isGlobal(object))
      return namespaces.pick === 'own' ? next : refused('This policy is about pods of its own namespace.')
    if (namespaces.pick === 'own') return refused('A global policy has no namespace of its own. Name one.')
    const text = calicoNamespaceText(namespaces, true)
    const before = textOf(spec.namespaceSelector)
    const same = before !== null && calicoNamespaceText(calicoNamespaces(before, 'all'), true) === text
    return same ? next : withValue(next, ['spec', 'namespaceSelector'], text ?? undefined)
  },
  withIsolation: (object, direction, isolates) => {
    const now = governed(object)
    if (isolates) return now.includes(direction) ? object : withTypes(object, [...now, direction])
    const rest = now.filter((one) => one !== direction)
    if (rest.length === 0) return refused('A policy governs one direction at least. Delete it instead.')
    return withTypes(withValue(object, ['spec', direction], undefined), rest)
  },
  withAction: (object, rule, action) => {
    const known = wordOf(action)
    return rule === null || !known ? noWay : withValue(object, [...rule, 'action'], words[known])
  },
  withTier: (object, tier) => withValue(object, ['spec', 'tier'], tier),
  withOrder: (object, order) => withValue(object, ['spec', 'order'], order ?? undefined),
}

const abilitiesOf = (global: boolean): Abilities => ({
  namespaced: !global,
  directions,
  actions,
  actionOf: 'rule',
  ordered: true,
  peers: {
    ingress: ['pods', 'range', 'account'],
    egress: ['pods', 'range', 'account', 'domain', 'service'],
  },
  protocols: ['TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6'],
  namedPorts: true,
  portRanges: true,
  requests: { ingress: true, egress: false },
  isolation: true,
  tiers: null,
  order: { least: -1_000_000, most: 100_000_000, optional: true },
})

function visualOf(object: ModelObject, ref: PolicyRef): Visual {
  const spec = fieldsOf(object.spec)
  const global = isGlobal(object)
  const accounts = textOf(spec.serviceAccountSelector)
  return {
    ref,
    dialect: 'calico',
    can: abilitiesOf(global),
    staged: ref.kind.startsWith('Staged'),
    subject: {
      path: ['spec', 'selector'],
      value: {
        namespaces: global ? calicoNamespaces(textOf(spec.namespaceSelector), 'all') : { pick: 'own' },
        pods: pickOf(textOf(spec.selector)),
        other: accounts === null ? null : `serviceAccountSelector: ${accounts}`,
      },
    },
    sides: directions.map((direction) => sideOf(object, direction)),
    action: null,
    tier: textOf(spec.tier) ?? 'default',
    order: numberOf(spec.order),
    mtls: null,
    also: alsoIn(spec, ['spec'], shown),
  }
}

const shown = ['tier', 'order', 'selector', 'serviceAccountSelector', 'namespaceSelector', 'types', 'ingress', 'egress']

function sideOf(object: ModelObject, direction: Direction): Side {
  const list = ['spec', direction]
  const isolates = governed(object).includes(direction)
  const rules = listAt(object, list).map((item, i) => {
    const path = [...list, i]
    const rule = fieldsOf(item)
    const value: VisualRule = {
      action: actions.find((one) => words[one] === rule.action) ?? 'deny',
      name: null,
      peers: calicoPeersOf(rule, direction, path, isGlobal(object)),
      ports: calicoPortsOf(rule, path),
      requests: calicoRequestsOf(rule, path),
      also: [
        ...alsoIn(rule, path, ['action', 'protocol', 'source', 'destination', 'http']),
        ...calicoAlso(rule, direction, path),
      ],
    }
    return { path, value }
  })
  return { direction, isolates, rules, reach: isolates ? reachOf(rules) : 'not-governed' }
}

/** Without types: ingress, unless there are rules for egress only; egress where there is a rule for it. */
function governed(object: ModelObject): readonly Direction[] {
  const given = listAt(object, ['spec', 'types'])
  if (given.length > 0) return directions.filter((direction) => given.includes(types[direction]))
  const has = (direction: Direction) => listAt(object, ['spec', direction]).length > 0
  return directions.filter((one) => (one === 'egress' ? has('egress') : has('ingress') || !has('egress')))
}

const withTypes = (object: ModelObject, which: readonly Direction[]) =>
  withValue(
    object,
    ['spec', 'types'],
    directions.filter((one) => which.includes(one)).map((one) => types[one]),
  )
