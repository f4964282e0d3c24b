import type { ModelObject } from '../../model'
import type { Direction, PolicyRef } from '../../normal-form'
import type { Fields } from '../../read'
import type { Abilities, PortChoice, RuleAction, Side, Visual, VisualRule } from '../visual'
import { adminPeerOf, podsOf, writeAdminPeer, writePods } from './admin-peer'
import { adminPortOf, clusterPortOf, writeAdminPort, writeClusterPort } from './admin-port'
import { alsoIn, fieldsOf, listAt, numberOf, severalAt, textOf, withList, withValue, yamlOf } from './fields'
import { isRefused, type KindEditor, refused, type Refused } from './kind-editor'

type Manner = {
  readonly cluster: boolean
  readonly baseline: boolean
  readonly actions: Readonly<Partial<Record<RuleAction, string>>>
  readonly portsField: 'protocols' | 'ports'
  readonly portOf: (item: unknown) => PortChoice
  readonly writePort: (port: PortChoice) => readonly Fields[] | Refused
}

const older = { cluster: false, portsField: 'ports', portOf: adminPortOf, writePort: writeAdminPort } as const

export const clusterNetworkPolicyEditor = editorOf({
  cluster: true,
  baseline: false,
  actions: { allow: 'Accept', deny: 'Deny', pass: 'Pass' },
  portsField: 'protocols',
  portOf: clusterPortOf,
  writePort: writeClusterPort,
})
export const adminNetworkPolicyEditor = editorOf({
  ...older,
  baseline: false,
  actions: { allow: 'Allow', deny: 'Deny', pass: 'Pass' },
})
export const baselineNetworkPolicyEditor = editorOf({
  ...older,
  baseline: true,
  actions: { allow: 'Allow', deny: 'Deny' },
})

const ordered = ['allow', 'deny', 'pass'] as const
const directions = ['ingress', 'egress'] as const
const peersOf = (direction: Direction) => (direction === 'ingress' ? 'from' : 'to')
const isolates = refused('A policy of administrators isolates nobody. Add a rule that denies instead.')

/** ClusterNetworkPolicy and the kinds that it took the place of. */
function editorOf(manner: Manner): KindEditor {
  const { actions, portsField, writePort, baseline } = manner
  const word = (action: RuleAction) => actions[action] ?? refused(`Rules of this kind cannot ${action}.`)
  return {
    visualOf: (object, ref) => visualOf(object, ref, manner),
    withPeers: (rule, next, { direction }) =>
      next === 'everything'
        ? refused('A rule of this kind names who it is about: all namespaces, or 0.0.0.0/0 for egress.')
        : withList(rule, peersOf(direction), next, (peer) => writeAdminPeer(peer, direction)),
    withPorts: (rule, next) => withList(rule, portsField, next, writePort),
    withRequests: (rule, next) => (next === 'everything' ? rule : refused('This kind knows nothing of requests.')),
    homeOf: ({ direction, action }) => {
      const text = word(action)
      return isRefused(text) ? text : { list: ['spec', direction], rule: { action: text } }
    },
    settle: (object) => object,
    withSubject: (object, { namespaces, pods }) => {
      const subject = writePods(namespaces, pods)
      return isRefused(subject) ? subject : withValue(object, ['spec', 'subject'], subject)
    },
    withIsolation: (object, direction, on) => (on ? isolates : withValue(object, ['spec', direction], undefined)),
    withAction: (object, rule, action) => {
      const text = word(action)
      if (isRefused(text)) return text
      return rule === null ? refused('Each rule has its own action.') : withValue(object, [...rule, 'action'], text)
    },
    ...(manner.cluster
      ? {
          withTier: (object: ModelObject, tier: string) =>
            tier === 'Admin' || tier === 'Baseline'
              ? withValue(object, ['spec', 'tier'], tier)
              : refused('The tier is Admin or Baseline.'),
        }
      : {}),
    ...(baseline
      ? {}
      : {
          withOrder: (object: ModelObject, order: number | null) =>
            order === null ? refused('The priority is required.') : withValue(object, ['spec', 'priority'], order),
        }),
  }
}

const abilitiesOf = ({ actions, cluster, baseline }: Manner): Abilities => ({
  namespaced: false,
  directions,
  actions: ordered.filter((action) => action in actions),
  actionOf: 'rule',
  ordered: true,
  peers: { ingress: ['pods'], egress: ['pods', 'range', 'domain', 'nodes'] },
  protocols: ['TCP', 'UDP', 'SCTP'],
  namedPorts: true,
  portRanges: true,
  requests: { ingress: false, egress: false },
  isolation: false,
  tiers: cluster ? ['Admin', 'Baseline'] : [],
  order: baseline ? null : { least: 0, most: 1000, optional: false },
})

function visualOf(object: ModelObject, ref: PolicyRef, manner: Manner): Visual {
  const spec = fieldsOf(object.spec)
  const subject = podsOf(spec.subject)
  return {
    ref,
    dialect: manner.cluster ? 'cluster-network-policy' : 'admin-network-policy',
    can: abilitiesOf(manner),
    staged: false,
    subject: {
      path: ['spec', 'subject'],
      value: {
        namespaces: subject?.namespaces ?? { pick: 'all' },
        pods: subject?.pods ?? { terms: [] },
        other: subject ? null : yamlOf(spec.subject ?? {}),
      },
    },
    sides: directions.map((direction) => sideOf(object, direction, manner)),
    action: null,
    tier: manner.cluster ? textOf(spec.tier) : manner.baseline ? 'Baseline' : 'Admin',
    order: numberOf(spec.priority),
    mtls: null,
    also: alsoIn(spec, ['spec'], ['subject', 'tier', 'priority', 'ingress', 'egress']),
  }
}

function sideOf(object: ModelObject, direction: Direction, { actions, portsField, portOf }: Manner): Side {
  const list = ['spec', direction]
  const rules = listAt(object, list).map((item, i) => {
    const path = [...list, i]
    const rule = fieldsOf(item)
    const field = peersOf(direction)
    const value: VisualRule = {
      action: ordered.find((one) => actions[one] === rule.action) ?? 'deny',
      name: textOf(rule.name),
      peers: severalAt(rule[field], [...path, field], adminPeerOf),
      ports: severalAt(rule[portsField], [...path, portsField], portOf),
      requests: { are: 'everything' },
      also: alsoIn(rule, path, ['action', 'name', field, portsField]),
    }
    return { path, value }
  })
  return { direction, isolates: false, rules, reach: rules.length === 0 ? 'not-governed' : 'some' }
}
