import type { ModelObject } from '../../model'
import type { Direction, PolicyRef } from '../../normal-form'
import type { Fields } from '../../read'
import { valueAt } from '../object-op'
import type { Path } from '../path'
import type { Abilities, At, Side, Visual, VisualRule } from '../visual'
import { endpointSelector, endpointsOf } from './cilium-labels'
import { ciliumPeerFields, ciliumPeersOf, withCiliumPeers } from './cilium-peer'
import { ciliumPortsOf, withCiliumPorts, withCiliumRequests } from './cilium-port'
import { alsoIn, fieldsOf, listAt, withValue, yamlOf } from './fields'
import { isRefused, type KindEditor, refused } from './kind-editor'
import { reachOf } from './reach'

const directions = ['ingress', 'egress'] as const
const lists = ['ingressDeny', 'ingress', 'egressDeny', 'egress'] as const
const scopeOf = ({ kind }: ModelObject) => (kind === 'CiliumClusterwideNetworkPolicy' ? 'all' : 'own')

/** The spec that is shown: `spec`, else the first of `specs`. */
const baseOf = (object: ModelObject): Path =>
  object.spec === undefined && listAt(object, ['specs']).length > 0 ? ['specs', 0] : ['spec']
const listOf = (direction: Direction, action: 'allow' | 'deny') =>
  action === 'deny' ? (`${direction}Deny` as const) : direction

/** CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy. */
export const ciliumEditor: KindEditor = {
  visualOf,
  withPeers: (rule, next, { direction, object }) => withCiliumPeers(rule, next, direction, scopeOf(object)),
  withPorts: (rule, next, { direction }) => {
    const changed = withCiliumPorts(rule, next)
    // A rule that says nothing at all would let nobody in.
    return !isRefused(changed) && Object.keys(changed).length === 0
      ? { [`${direction === 'ingress' ? 'from' : 'to'}Entities`]: ['all'] }
      : changed
  },
  withRequests: (rule, next, { action }) =>
    action === 'deny' && next !== 'everything'
      ? refused('Rules of Cilium that deny cannot ask for methods and paths.')
      : withCiliumRequests(rule, next),
  homeOf: ({ object, direction, action }) =>
    action === 'allow' || action === 'deny'
      ? { list: [...baseOf(object), listOf(direction, action)], rule: {} }
      : refused('Rules of Cilium allow or deny.'),
  settle,
  withSubject: (object, { namespaces, pods }) => {
    const path = [...baseOf(object), 'endpointSelector']
    const selector = endpointSelector(namespaces, pods, scopeOf(object), valueAt(object, path))
    return isRefused(selector) ? selector : withValue(object, path, selector)
  },
  withIsolation,
  withAction: (object, rule, action) => {
    const direction = directions.find((one) => rule?.at(-2) === one || rule?.at(-2) === `${one}Deny`)
    if (!rule || !direction || (action !== 'allow' && action !== 'deny'))
      return refused('Rules of Cilium allow or deny.')
    const from = rule.slice(0, -1)
    const to = [...baseOf(object), listOf(direction, action)]
    if (from.at(-1) === to.at(-1)) return object
    const rest = listAt(object, from).filter((_, i) => i !== rule.at(-1))
    const without = withValue(object, from, rest.length > 0 ? rest : undefined)
    return withValue(without, to, [...listAt(object, to), valueAt(object, rule)])
  },
}

const abilitiesOf = (namespaced: boolean): Abilities => ({
  namespaced,
  directions,
  actions: ['allow', 'deny'],
  actionOf: 'rule',
  ordered: false,
  peers: {
    ingress: ['pods', 'entity', 'range', 'network-set', 'nodes'],
    egress: ['pods', 'entity', 'range', 'network-set', 'nodes', 'domain', 'service'],
  },
  protocols: ['any', 'TCP', 'UDP', 'SCTP'],
  namedPorts: true,
  portRanges: true,
  requests: { ingress: true, egress: true },
  isolation: true,
  tiers: [],
  order: null,
})

function visualOf(object: ModelObject, ref: PolicyRef): Visual {
  const base = baseOf(object)
  const spec = fieldsOf(valueAt(object, base))
  const pods = spec.nodeSelector === undefined ? endpointsOf(spec.endpointSelector, scopeOf(object)) : null
  const others = listAt(object, ['specs']).slice(base[0] === 'specs' ? 1 : 0)
  return {
    ref,
    dialect: 'cilium',
    can: abilitiesOf(ref.namespace !== null),
    staged: false,
    subject: {
      path: [...base, 'endpointSelector'],
      value: {
        namespaces: pods?.namespaces ?? { pick: scopeOf(object) },
        pods: pods?.pods ?? { terms: [] },
        other: pods ? null : yamlOf(spec.nodeSelector ?? spec.endpointSelector ?? {}),
      },
    },
    sides: directions.map((direction) => sideOf(object, direction)),
    action: null,
    tier: null,
    order: null,
    mtls: null,
    also: [
      ...alsoIn(spec, base, ['endpointSelector', 'nodeSelector', 'enableDefaultDeny', ...lists]),
      ...(others.length === 0 ? [] : [{ path: ['specs'], yaml: yamlOf({ specs: others }) }]),
    ],
  }
}

function sideOf(object: ModelObject, direction: Direction): Side {
  const base = baseOf(object)
  const spec = fieldsOf(valueAt(object, base))
  const rules = (['deny', 'allow'] as const).flatMap((action) => {
    const list = [...base, listOf(direction, action)]
    return listAt(object, list).map((item, i) =>
      ruleOf(fieldsOf(item), [...list, i], direction, action, scopeOf(object)),
    )
  })
  const isolates = rules.length > 0 && fieldsOf(spec.enableDefaultDeny)[direction] !== false
  const reach = isolates ? reachOf(rules) : rules.length === 0 ? 'not-governed' : 'some'
  return { direction, isolates, rules, reach }
}

function ruleOf(
  rule: Fields,
  path: Path,
  direction: Direction,
  action: 'allow' | 'deny',
  scope: 'own' | 'all',
): At<VisualRule> {
  const ports = ciliumPortsOf(rule, path)
  const also = [...ports.also, ...alsoIn(rule, path, [...ciliumPeerFields(direction), 'toPorts'])]
  const peers = ciliumPeersOf(rule, direction, path, scope)
  return { path, value: { ...ports, action, name: null, peers, also } }
}

/** Without rules Cilium says nothing of a direction; an empty one governs it and lets nobody in. */
function settle(object: ModelObject, direction: Direction): ModelObject {
  const base = baseOf(object)
  const allow = [...base, direction]
  const allows = listAt(object, allow)
  const telling = allows.filter((rule) => Object.keys(fieldsOf(rule)).length > 0)
  if (telling.length + listAt(object, [...base, `${direction}Deny`]).length === 0) return withValue(object, allow, [{}])
  return telling.length > 0 && telling.length < allows.length ? withValue(object, allow, telling) : object
}

function withIsolation(object: ModelObject, direction: Direction, isolates: boolean) {
  const base = baseOf(object)
  const flag = [...base, 'enableDefaultDeny', direction]
  if (isolates) {
    const on = valueAt(object, flag) === false ? withValue(object, flag, true) : object
    return settle(on, direction)
  }
  const gone = [direction, `${direction}Deny`].reduce<ModelObject>(
    (at, list) => withValue(at, [...base, list], undefined),
    object,
  )
  const rest = lists.some((list) => listAt(gone, [...base, list]).length > 0)
  return rest ? gone : refused('A policy governs one direction at least. Delete it instead.')
}
