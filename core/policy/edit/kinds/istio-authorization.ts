import type { ModelObject } from '../../model'
import type { PolicyRef } from '../../normal-form'
import type { Abilities, RuleAction, Side, Visual, VisualRule } from '../visual'
import { alsoIn, fieldsOf, listAt, severalAt, withList, withValue } from './fields'
import { operationsOf, withIstioPorts, withIstioRequests } from './istio-operation'
import { istioPeerOf, writeIstioPeer } from './istio-peer'
import { istioSubject, withIstioSubject } from './istio-subject'
import { type KindEditor, refused } from './kind-editor'
import { reachOf } from './reach'

const words = { allow: 'ALLOW', deny: 'DENY', log: 'AUDIT', ask: 'CUSTOM' } as const
const actions = ['allow', 'deny', 'log', 'ask'] as const

const can: Abilities = {
  namespaced: true,
  directions: ['ingress'],
  actions,
  actionOf: 'policy',
  ordered: false,
  peers: { ingress: ['account', 'principal', 'namespaces', 'range'], egress: [] },
  protocols: ['TCP'],
  namedPorts: false,
  portRanges: false,
  requests: { ingress: true, egress: false },
  isolation: false,
  tiers: [],
  order: null,
}

/** AuthorizationPolicy of Istio. */
export const istioAuthorizationEditor: KindEditor = {
  visualOf,
  withPeers: (rule, next) => withList(rule, 'from', next, writeIstioPeer),
  withPorts: withIstioPorts,
  withRequests: withIstioRequests,
  homeOf: ({ object, direction, action }) => {
    if (direction === 'egress') return refused('Istio judges what comes in, at the destination.')
    const own = actionOf(object)
    return own === action
      ? { list: ['spec', 'rules'], rule: {} }
      : refused(`The action of this policy is ${words[own]}, for all its rules. Write another policy for ${action}.`)
  },
  settle: (object) => object,
  withSubject: withIstioSubject,
  withIsolation: () => refused('A policy that allows isolates whom it selects. Change its action, or delete it.'),
  withAction: (object, rule, action) => {
    if (rule !== null || action === 'pass') return refused('The action is of the policy, for all its rules.')
    return withValue(object, ['spec', 'action'], words[action])
  },
}

const actionOf = (object: ModelObject): (typeof actions)[number] =>
  actions.find((one) => words[one] === fieldsOf(object.spec).action) ?? 'allow'

function visualOf(object: ModelObject, ref: PolicyRef): Visual {
  const action = actionOf(object)
  const dryRun = fieldsOf(fieldsOf(object.metadata).annotations)['istio.io/dry-run']
  return {
    ref,
    dialect: 'istio-authorization',
    can,
    staged: ['1', 't', 'T', 'true', 'TRUE', 'True'].some((one) => one === dryRun),
    subject: istioSubject(object, ref),
    sides: [sideOf(object, action)],
    action,
    tier: null,
    order: null,
    mtls: null,
    also: alsoIn(fieldsOf(object.spec), ['spec'], ['selector', 'targetRef', 'targetRefs', 'action', 'rules']),
  }
}

/** Without rules one that allows lets nobody pass, and one of another action does nothing. */
function sideOf(object: ModelObject, action: RuleAction): Side {
  const list = ['spec', 'rules']
  const rules = listAt(object, list).map((item, i) => {
    const path = [...list, i]
    const rule = fieldsOf(item)
    const operations = operationsOf(rule, path)
    const value: VisualRule = {
      ...operations,
      action,
      name: null,
      peers: severalAt(rule.from, [...path, 'from'], istioPeerOf),
      also: [...operations.also, ...alsoIn(rule, path, ['from', 'to'])],
    }
    return { path, value }
  })
  const reach = action === 'allow' ? reachOf(rules) : rules.length === 0 ? 'not-governed' : 'some'
  return { direction: 'ingress', isolates: action === 'allow', rules, reach }
}
