import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { compilePolicies } from '../compile'
import { defaultOptions, profiles } from '../profile'
import { modelOf } from '../test-model'
import { type Asked, cilium, cluster, forDb, pods, verdict } from './test-cilium'

const all = { fromEntities: ['all'] }
const everybody = { toEntities: ['all'] }
const job: Asked = { from: 'job' }
const toJob: Asked = { to: 'job' }

describe('which pods a policy selects', () => {
  const named = (labels: ModelObject) => ({ matchLabels: labels })
  const without = (key: string, operator: string, ...values: readonly string[]) => ({
    matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }],
  })
  test.each<[string, ModelObject, Asked, string]>([
    ['shop/a', {}, {}, 'denied'],
    ['shop/a', {}, toJob, 'allowed'],
    ['shop/a', {}, { to: 'agent' }, 'allowed'],
    ['shop/a', {}, { to: 'n2' }, 'allowed'],
    ['shop/a', named({ app: 'db' }), {}, 'denied'],
    ['shop/a', named({ app: 'web' }), {}, 'allowed'],
    ['shop/a', named({ 'k8s:io.kubernetes.pod.namespace': 'batch' }), {}, 'denied'],
    ['shop/a', named({ 'k8s:io.kubernetes.pod.namespace': 'batch' }), toJob, 'allowed'],
    ['shop/a', named({ 'io.kubernetes.pod.namespace': 'batch' }), {}, 'allowed'],
    ['shop/a', without('k8s:io.kubernetes.pod.namespace', 'In', 'batch'), {}, 'allowed'],
    ['shop/a', named({ 'reserved:host': '' }), {}, 'allowed'],
    ['a', {}, {}, 'denied'],
    ['a', {}, toJob, 'denied'],
    ['a', {}, { to: 'agent' }, 'allowed'],
    ['a', named({ app: 'job' }), toJob, 'denied'],
    ['a', named({ app: 'job' }), {}, 'allowed'],
    ['a', without('io.kubernetes.pod.namespace', 'NotIn', 'batch'), {}, 'denied'],
    ['a', without('io.kubernetes.pod.namespace', 'NotIn', 'batch'), toJob, 'allowed'],
    ['a', named({ 'io.cilium.k8s.namespace.labels.team': 'data' }), toJob, 'denied'],
    ['a', named({ 'io.cilium.k8s.namespace.labels.team': 'data' }), {}, 'allowed'],
    ['a', without('io.cilium.k8s.namespace.labels.team', 'DoesNotExist'), {}, 'allowed'],
    ['a', without('reserved:init', 'DoesNotExist'), {}, 'denied'],
  ])('%s with %j isolates what %j reaches: %s', (name, endpointSelector, asked, expected) => {
    expect(verdict([cilium(name, { endpointSelector, ingress: [{}] })], asked)).toBe(expected)
  })
})

test('pods on the network of their node are neither selected nor peers, whatever the profile', () => {
  const selecting = cilium('ops/a', { endpointSelector: {}, ingress: [{}] })
  const letting = forDb({ fromEndpoints: [{ matchLabels: { 'io.kubernetes.pod.namespace': 'ops' } }] })
  for (const profile of profiles) {
    expect(verdict([selecting], { to: 'agent' }, { profile })).toBe('allowed')
    expect(verdict([letting], { from: 'agent' }, { profile })).toBe('denied')
  }
})

describe('what isolates', () => {
  const spec = (parts: ModelObject) => cilium('shop/a', { endpointSelector: {}, ...parts })
  const other = { fromEntities: ['world'] }
  test.each<[string, readonly ModelObject[], Asked, string]>([
    ['no rules', [spec({ ingress: [] })], {}, 'allowed'],
    ['null is no rule', [spec({ ingress: null, egress: [] })], {}, 'allowed'],
    ['an empty rule', [spec({ ingress: [{}] })], {}, 'denied'],
    ['the other direction', [spec({ egress: [{}] })], job, 'allowed'],
    ['a denial', [spec({ ingressDeny: [other] })], {}, 'denied'],
    ['not where it says so', [spec({ ingress: [other], enableDefaultDeny: { ingress: false } })], {}, 'allowed'],
    [
      'where another policy does',
      [spec({ ingress: [other], enableDefaultDeny: { ingress: false } }), forDb(other)],
      {},
      'denied',
    ],
    [
      'allows of what does not isolate count',
      [spec({ ingress: [all], enableDefaultDeny: { ingress: false } }), forDb(other)],
      {},
      'allowed',
    ],
    [
      'denials of what does not isolate count',
      [spec({ ingressDeny: [all], enableDefaultDeny: { ingress: false } })],
      {},
      'denied',
    ],
    ['not what has no rules', [spec({ ingress: [], enableDefaultDeny: { ingress: true } })], {}, 'allowed'],
    ['a field that is not known leaves it open', [spec({ ingress: [{}], later: 1 })], {}, 'undefined'],
    ['egress for itself', [spec({ egress: [everybody], ingress: [all] })], {}, 'allowed'],
  ])('%s', (_, objects, asked, expected) => {
    expect(verdict(objects, asked)).toBe(expected)
  })
})

test('every one of several specs counts, and spec too', () => {
  const of = (app: string) => ({ endpointSelector: { matchLabels: { app } }, ingress: [{}] })
  const both = { ...cilium('shop/a', of('web')), specs: [of('db'), { ...of('db'), ingress: [all] }] }
  expect(verdict([both])).toBe('allowed')
  expect(verdict([both], { from: 'db', to: 'web' })).toBe('denied')
  const { policies } = compilePolicies(modelOf(Object.values(pods), [both], cluster), defaultOptions)
  const paths = policies.flatMap(({ blocks }) => blocks.flatMap(({ rules }) => rules.map(({ path }) => path)))
  expect(paths).toEqual(['specs[1].ingress[0]'])
})

describe('a policy of nodes', () => {
  const host = (parts: ModelObject, nodes: ModelObject = {}) => cilium('a', { nodeSelector: nodes, ...parts })
  const workers = { matchLabels: { role: 'worker' } }
  test.each<[string, ModelObject, Asked, string]>([
    ['never judges what pods exchange', host({ ingress: [{}], egress: [{}] }), {}, 'allowed'],
    ['may deny what pods send to nodes', host({ ingress: [{}] }), { to: 'n2' }, 'undefined'],
    ['of other nodes does not', host({ ingress: [{}] }, workers), { to: 'n2' }, 'allowed'],
    ['of these nodes may', host({ ingress: [{}] }, workers), { to: 'n1' }, 'undefined'],
    ['may deny what pods on their network are sent', host({ ingress: [{}] }, workers), { to: 'agent' }, 'undefined'],
    ['says nothing of the direction it does not have', host({ egress: [{}] }), { to: 'n2' }, 'allowed'],
    ['may deny what nodes send', host({ egress: [{}] }), { from: 'n2' }, 'undefined'],
  ])('%s', (_, policy, asked, expected) => {
    expect(verdict([policy], asked)).toBe(expected)
  })
})

test('a policy is the same one while nothing changes that it looks at', () => {
  const group = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumCIDRGroup',
    metadata: { name: 'g' },
    spec: { externalCIDRs: [] },
  }
  const policy = cilium('shop/a', { endpointSelector: {}, ingress: [{ fromCIDRSet: [{ cidrGroupRef: 'g' }] }] })
  const model = modelOf(Object.values(pods), [policy, group], cluster)
  const read = (objects: readonly ModelObject[]) => compilePolicies({ ...model, objects }, defaultOptions).policies[0]
  const first = read([policy, group])
  expect(read([policy, group, forDb(all)])).toBe(first)
  expect(read([policy, { ...group, spec: { externalCIDRs: ['192.0.2.0/24'] } }])).not.toEqual(first)
})

describe('what a node sends to the pods that it runs', () => {
  const toDb = (side: ModelObject) => cilium('shop/a', { endpointSelector: { matchLabels: { app: 'db' } }, ...side })
  const cases: readonly (readonly [string, ModelObject, string])[] = [
    ['is allowed where a policy isolates them', toDb({ ingress: [{ fromEndpoints: [{}] }] }), 'allowed'],
    ['is denied where a rule denies it', toDb({ ingressDeny: [{ fromEntities: ['host'] }] }), 'denied'],
    ['is allowed where a rule denies others', toDb({ ingressDeny: [{ fromEntities: ['world'] }] }), 'allowed'],
  ]
  test.each(cases)('%s', (_, policy, wanted) => {
    expect(verdict([policy], { from: 'n1' }, { profile: 'cilium' })).toBe(wanted)
  })
  test('is denied where they run on another node', () => {
    expect(verdict([toDb({ ingress: [{ fromEndpoints: [{}] }] })], { from: 'n2' }, { profile: 'cilium' })).toBe(
      'denied',
    )
  })
})
