import type { ModelObject } from '../../model'
import type { Direction, PolicyRef } from '../../normal-form'
import type { Abilities, Side, Visual, VisualRule } from '../visual'
import { alsoIn, fieldsOf, listAt, severalAt, withList, withValue, yamlOf } from './fields'
import { isRefused, type KindEditor, refused } from './kind-editor'
import { peerOf, writePeer } from './network-policy-peer'
import { portOf, writePort } from './network-policy-port'
import { reachOf } from './reach'
import { selectorOf, termsOf } from './selectors'

const peers = ['pods', 'range'] as const
const can: Abilities = {
  namespaced: true,
  directions: ['ingress', 'egress'],
  actions: ['allow'],
  actionOf: 'rule',
  ordered: false,
  peers: { ingress: peers, egress: peers },
  protocols: ['TCP', 'UDP', 'SCTP'],
  namedPorts: true,
  portRanges: true,
  requests: { ingress: false, egress: false },
  isolation: true,
  tiers: [],
  order: null,
}

const directions = ['ingress', 'egress'] as const
const words = { ingress: 'Ingress', egress: 'Egress' } as const
const peersOf = (direction: Direction) => (direction === 'ingress' ? 'from' : 'to')

/** NetworkPolicy of Kubernetes, and Calico's staged one, which is written alike. */
export const networkPolicyEditor: KindEditor = {
  visualOf,
  withPeers: (rule, next, { direction }) => withList(rule, peersOf(direction), next, writePeer),
  withPorts: (rule, next) => withList(rule, 'ports', next, writePort),
  withRequests: (rule, next) =>
    next === 'everything' ? rule : refused('A NetworkPolicy knows nothing of methods and paths.'),
  homeOf: ({ direction, action }) =>
    action === 'allow'
      ? { list: ['spec', direction], rule: {} }
      : refused('A NetworkPolicy only allows. What no rule allows is denied.'),
  settle,
  withSubject: (object, { namespaces, pods }) => {
    if (namespaces.pick !== 'own') return refused('A NetworkPolicy is about pods of its own namespace.')
    const selector = selectorOf(pods, fieldsOf(object.spec).podSelector)
    return isRefused(selector) ? selector : withValue(object, ['spec', 'podSelector'], selector)
  },
  withIsolation,
  withAction: () => refused('A NetworkPolicy only allows. What no rule allows is denied.'),
}

function visualOf(object: ModelObject, ref: PolicyRef): Visual {
  const spec = fieldsOf(object.spec)
  const terms = termsOf(spec.podSelector)
  const staged = ref.kind === 'StagedKubernetesNetworkPolicy'
  return {
    ref,
    dialect: 'network-policy',
    can,
    staged,
    subject: {
      path: ['spec', 'podSelector'],
      value: {
        namespaces: { pick: 'own' },
        pods: { terms: terms ?? [] },
        other: terms ? null : yamlOf(spec.podSelector),
      },
    },
    sides: directions.map((direction) => sideOf(object, direction)),
    action: null,
    tier: null,
    order: null,
    mtls: null,
    also: alsoIn(spec, ['spec'], ['podSelector', 'policyTypes', 'ingress', 'egress']),
  }
}

function sideOf(object: ModelObject, direction: Direction): Side {
  const list = ['spec', direction]
  const isolates = governed(object).includes(direction)
  const rules = listAt(object, list).map((item, i) => {
    const path = [...list, i]
    const rule = fieldsOf(item)
    const field = peersOf(direction)
    const value: VisualRule = {
      action: 'allow',
      name: null,
      peers: severalAt(rule[field], [...path, field], peerOf),
      ports: severalAt(rule.ports, [...path, 'ports'], portOf),
      requests: { are: 'everything' },
      also: alsoIn(rule, path, [field, 'ports']),
    }
    return { path, value }
  })
  return { direction, isolates, rules, reach: isolates ? reachOf(rules) : 'not-governed' }
}

/** Absent types are Ingress, and Egress where there is a rule for it. */
function governed(object: ModelObject): readonly Direction[] {
  const types = listAt(object, ['spec', 'policyTypes'])
  if (types.length > 0) return directions.filter((direction) => types.includes(words[direction]))
  return listAt(object, ['spec', 'egress']).length > 0 ? directions : ['ingress']
}

const withTypes = (object: ModelObject, which: readonly Direction[]) =>
  withValue(
    object,
    ['spec', 'policyTypes'],
    directions.filter((one) => which.includes(one)).map((one) => words[one]),
  )

/** A direction with rules is governed, and one whose last rule went stays so. */
function settle(object: ModelObject, direction: Direction): ModelObject {
  const now = governed(object)
  return now.includes(direction) ? object : withTypes(object, [...now, direction])
}

function withIsolation(object: ModelObject, direction: Direction, isolates: boolean) {
  const now = governed(object)
  if (isolates) return now.includes(direction) ? object : withTypes(object, [...now, direction])
  const rest = now.filter((one) => one !== direction)
  if (rest.length === 0) return refused('A NetworkPolicy governs one direction at least. Delete it instead.')
  return withTypes(withValue(object, ['spec', direction], undefined), rest)
}
