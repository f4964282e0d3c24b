import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { type Asked, denyToDb, forDb, fromWeb, outside, verdict, wideForDb } from './test-cilium'

const from = (labels: ModelObject): ModelObject => ({ fromEndpoints: [{ matchLabels: labels }] })
const where = (key: string, operator: string, ...values: readonly string[]): ModelObject => ({
  fromEndpoints: [{ matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }] }],
})
const world: Asked = { from: 'world' }
const job: Asked = { from: 'job' }

describe('whom a rule of a namespaced policy lets in', () => {
  test.each<[ModelObject, Asked, string]>([
    [{}, {}, 'denied'],
    [{ fromEndpoints: [] }, {}, 'denied'],
    [{ fromEndpoints: [], toPorts: [{ ports: [{ port: '80' }] }] }, {}, 'denied'],
    [{ fromEntities: [] }, {}, 'denied'],
    [{ toPorts: [{ ports: [{ port: '80' }] }] }, world, 'allowed'],
    [{ fromEndpoints: [{}] }, {}, 'allowed'],
    [{ fromEndpoints: [{}] }, job, 'denied'],
    [{ fromEndpoints: [{}] }, world, 'denied'],
    [{ fromEndpoints: [{}] }, { from: 'n2' }, 'denied'],
    [from({ app: 'web' }), {}, 'allowed'],
    [from({ 'k8s:app': 'web' }), {}, 'allowed'],
    [from({ 'any:app': 'web' }), {}, 'allowed'],
    [from({ 'container:app': 'web' }), {}, 'undefined'],
    [from({ app: 'job' }), job, 'denied'],
    [from({ 'io.kubernetes.pod.namespace': 'batch' }), job, 'allowed'],
    [from({ 'k8s:io.kubernetes.pod.namespace': 'batch', app: 'job' }), job, 'allowed'],
    [from({ 'io.kubernetes.pod.namespace': 'batch' }), {}, 'denied'],
    [from({ 'io.cilium.k8s.namespace.labels.team': 'data' }), job, 'allowed'],
    [from({ 'k8s:io.cilium.k8s.namespace.labels.team': 'data' }), {}, 'denied'],
    [where('io.cilium.k8s.namespace.labels.team', 'Exists'), job, 'allowed'],
    [where('io.kubernetes.pod.namespace', 'Exists'), job, 'allowed'],
    [where('io.kubernetes.pod.namespace', 'Exists'), world, 'denied'],
    [where('io.kubernetes.pod.namespace', 'NotIn', 'batch'), {}, 'allowed'],
    [where('io.kubernetes.pod.namespace', 'NotIn', 'batch'), job, 'denied'],
    [where('io.kubernetes.pod.namespace', 'NotIn', 'batch'), world, 'undefined'],
    [where('app', 'NotIn', 'db'), {}, 'allowed'],
    [where('app', 'NotIn', 'db'), job, 'denied'],
    [where('app', 'NotIn', 'db'), world, 'denied'],
    [where('app', 'In', 'web', 'x'), {}, 'allowed'],
    [where('missing', 'DoesNotExist'), {}, 'allowed'],
    [from({ 'io.cilium.k8s.policy.serviceaccount': 'web' }), {}, 'allowed'],
    [from({ 'io.cilium.k8s.policy.serviceaccount': 'other' }), {}, 'denied'],
    [from({ 'io.cilium.k8s.policy.cluster': 'default' }), {}, 'undefined'],
    [from({ 'reserved:world': '' }), world, 'allowed'],
    [from({ 'reserved:world': '' }), {}, 'denied'],
    [from({ 'reserved:remote-node': '' }), { from: 'n2' }, 'allowed'],
    [from({ 'reserved:unheard': '' }), world, 'undefined'],
    [where('reserved:world', 'DoesNotExist'), job, 'allowed'],
    [where('reserved:world', 'DoesNotExist'), world, 'denied'],
    [{ fromCIDR: ['192.0.2.0/24'] }, world, 'allowed'],
    [{ fromCIDR: ['192.0.2.1'] }, world, 'allowed'],
    [{ fromCIDR: ['192.0.2.2'] }, world, 'denied'],
    [{ fromCIDR: ['0.0.0.0/0'] }, world, 'allowed'],
    [{ fromCIDR: ['0.0.0.0/0'] }, {}, 'denied'],
    [{ fromCIDR: ['0.0.0.0/0'] }, { from: 'n2' }, 'denied'],
    [{ fromCIDR: ['0.0.0.0/0'] }, { from: 'world6' }, 'denied'],
    [{ fromCIDRSet: [{ cidr: '192.0.2.0/24', except: ['192.0.2.0/28'] }] }, world, 'denied'],
    [{ fromCIDRSet: [{ cidr: '192.0.2.0/24', except: ['192.0.2.16/28'] }] }, world, 'allowed'],
    [{ fromCIDRSet: [{ cidrGroupRef: 'unheard' }] }, world, 'undefined'],
    [{ fromCIDRSet: [{ cidr: '192.0.2.0/24', later: 1 }] }, world, 'denied'],
    [{ fromGroups: [{ aws: {} }] }, world, 'undefined'],
    [{ fromNodes: [{ matchLabels: { role: 'control' } }] }, { from: 'n2' }, 'undefined'],
    [{ fromNodes: [{ matchLabels: { role: 'worker' } }] }, { from: 'n2' }, 'denied'],
    [{ fromEndpoints: [{}], later: true }, {}, 'undefined'],
  ])('%j lets %j in: %s', (rule, asked, expected) => {
    expect(verdict([forDb(rule)], asked)).toBe(expected)
  })
})

describe('whom a rule of a clusterwide policy lets in', () => {
  test.each<[ModelObject, Asked, string]>([
    [{ fromEndpoints: [{}] }, job, 'allowed'],
    [{ fromEndpoints: [{}] }, world, 'denied'],
    [{ fromEndpoints: [{}] }, { from: 'n2' }, 'denied'],
    [from({ app: 'job' }), job, 'allowed'],
    [where('io.cilium.k8s.namespace.labels.team', 'NotIn', 'data'), {}, 'allowed'],
    [where('io.cilium.k8s.namespace.labels.team', 'NotIn', 'data'), world, 'denied'],
    [where('io.kubernetes.pod.namespace', 'NotIn', 'batch'), world, 'undefined'],
  ])('%j lets %j in: %s', (rule, asked, expected) => {
    expect(verdict([wideForDb(rule)], asked)).toBe(expected)
  })
})

describe('entities', () => {
  test.each<[string, Asked, string]>([
    ['all', world, 'allowed'],
    ['all', job, 'allowed'],
    ['all', { from: 'n2' }, 'allowed'],
    ['world', world, 'allowed'],
    ['world', { from: 'api' }, 'allowed'],
    ['world', job, 'denied'],
    ['world', { from: 'n2' }, 'denied'],
    ['world-ipv4', world, 'allowed'],
    ['world-ipv4', { from: 'world6' }, 'denied'],
    ['world-ipv6', { from: 'world6' }, 'allowed'],
    ['host', { from: 'agent' }, 'allowed'],
    ['host', { from: 'n2' }, 'denied'],
    ['remote-node', { from: 'n2' }, 'allowed'],
    ['cluster', job, 'allowed'],
    ['cluster', { from: 'n2' }, 'allowed'],
    ['cluster', { from: 'api' }, 'allowed'],
    ['cluster', world, 'denied'],
    ['kube-apiserver', { from: 'api' }, 'allowed'],
    ['kube-apiserver', world, 'denied'],
    ['ingress', world, 'undefined'],
    ['ingress', job, 'denied'],
    ['init', world, 'denied'],
    ['health', world, 'denied'],
    ['unmanaged', job, 'denied'],
    ['none', world, 'denied'],
  ])('%s lets %j in: %s', (entity, asked, expected) => {
    expect(verdict([forDb({ fromEntities: [entity] })], asked)).toBe(expected)
  })
})

describe('where a rule lets out to', () => {
  const named = (name: string) => ({ toFQDNs: [{ matchName: name }] })
  const service = (name: string, namespace?: string) => ({
    toServices: [{ k8sService: { serviceName: name, ...(namespace ? { namespace } : {}) } }],
  })
  test.each<[ModelObject, Asked, string]>([
    [{ toEndpoints: [{}] }, {}, 'allowed'],
    [{ toCIDR: ['192.0.2.0/24'] }, { to: 'world' }, 'allowed'],
    [{ toEntities: ['world'] }, {}, 'denied'],
    [named('api.example.com'), { to: 'world' }, 'undefined'],
    [named('api.example.com'), { to: outside('192.0.2.1', []) }, 'denied'],
    [named('API.example.com.'), { to: outside('192.0.2.1', ['api.example.com']) }, 'allowed'],
    [{ toFQDNs: [{ matchPattern: '*.example.com' }] }, { to: outside('192.0.2.1', ['a.example.com']) }, 'allowed'],
    [{ toFQDNs: [{ matchPattern: '*.example.com' }] }, { to: outside('192.0.2.1', ['a.b.example.com']) }, 'denied'],
    [named('db'), {}, 'denied'],
    [service('db', 'shop'), {}, 'allowed'],
    [service('db'), {}, 'allowed'],
    [service('db', 'shop'), { to: 'job' }, 'denied'],
    [service('legacy', 'shop'), { to: 'world' }, 'allowed'],
    [service('legacy', 'shop'), { to: 'job' }, 'denied'],
    [service('unheard', 'shop'), {}, 'undefined'],
    [{ toServices: [{ k8sServiceSelector: { selector: { matchLabels: { env: 'live' } } } }] }, {}, 'allowed'],
    [
      { toServices: [{ k8sServiceSelector: { selector: { matchLabels: { env: 'live' } }, namespace: 'x' } }] },
      {},
      'denied',
    ],
    [{ toGroups: [{ aws: {} }] }, { to: 'world' }, 'undefined'],
    [{ toNodes: [{}] }, { to: 'n2' }, 'undefined'],
    [{ toNodes: [{}] }, { to: 'n1' }, 'denied'],
  ])('%j lets %j out: %s', (rule, asked, expected) => {
    expect(verdict([fromWeb(rule)], asked)).toBe(expected)
  })
})

describe('groups of ranges', () => {
  const group = {
    apiVersion: 'cilium.io/v2alpha1',
    kind: 'CiliumCIDRGroup',
    metadata: { name: 'partners', labels: { who: 'partner' } },
    spec: { externalCIDRs: ['192.0.2.0/24'] },
  }
  test.each<[ModelObject, string]>([
    [{ cidrGroupRef: 'partners' }, 'allowed'],
    [{ cidrGroupRef: 'partners', except: ['192.0.2.1/32'] }, 'denied'],
    [{ cidrGroupSelector: { matchLabels: { who: 'partner' } } }, 'allowed'],
    [{ cidrGroupSelector: { matchLabels: { who: 'else' } } }, 'denied'],
  ])('%j: %s', (set, expected) => {
    expect(verdict([forDb({ fromCIDRSet: [set] }), group], world)).toBe(expected)
  })
})

test('a denial whose range has a field that is not known denies everybody', () => {
  const allow = forDb({ fromEntities: ['all'] })
  expect(verdict([allow, denyToDb({ fromCIDRSet: [{ cidr: '203.0.113.0/24', later: 1 }] })], job)).toBe('denied')
})
