import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import type { HttpRequest } from '../request-match'
import { space } from '../test-model'
import { meshPods, object, problemsOf, sentences, verdictOf } from './test-mesh'

const { web, api, job, bare } = meshPods('istio')
const policy = object('security.istio.io/v1', 'AuthorizationPolicy')
const verdict = (objects: readonly ModelObject[], from = web, flow = {}) => verdictOf({ objects, from, to: api, flow })
const source = (fields: ModelObject) => ({ from: [{ source: fields }] })
const fromWeb = source({ principals: ['cluster.local/ns/shop/sa/web'] })
const allow = (...rules: readonly ModelObject[]) => policy('shop/allow', { rules })
const deny = (...rules: readonly ModelObject[]) => policy('shop/deny', { action: 'DENY', rules })
const custom = (...rules: readonly ModelObject[]) =>
  policy('shop/ask', { action: 'CUSTOM', provider: { name: 'opa' }, rules })

describe('the order of actions', () => {
  test.each([
    ['no policy', [], 'allowed'],
    ['no rules allow nothing', [policy('shop/none', {})], 'denied'],
    ['an empty list of rules allows nothing', [allow()], 'denied'],
    ['an empty rule allows all', [allow({})], 'allowed'],
    ['an ALLOW that matches', [allow(fromWeb)], 'allowed'],
    ['an ALLOW that does not', [allow(source({ namespaces: ['batch'] }))], 'denied'],
    ['a second ALLOW', [allow(), policy('shop/more', { rules: [fromWeb] })], 'allowed'],
    ['DENY beats ALLOW', [allow({}), deny(fromWeb)], 'denied'],
    ['a DENY that does not match isolates nobody', [deny(source({ namespaces: ['batch'] }))], 'allowed'],
    ['a DENY without rules does nothing', [deny()], 'allowed'],
    ['AUDIT decides nothing', [policy('shop/audit', { action: 'AUDIT', rules: [{}] })], 'allowed'],
    ['AUDIT allows nothing', [allow(), policy('shop/audit', { action: 'AUDIT', rules: [{}] })], 'denied'],
    ['CUSTOM may deny', [custom({})], 'undefined'],
    ['CUSTOM may deny what ALLOW allows', [custom({}), allow({})], 'undefined'],
    ['CUSTOM that does not match is not asked', [custom(source({ namespaces: ['batch'] }))], 'allowed'],
    ['CUSTOM allows nothing that DENY denies', [custom({}), deny({})], 'denied'],
    ['CUSTOM allows nothing by itself', [custom({}), allow()], 'denied'],
  ])('%s', (_, objects, wanted) => expect(verdict(objects)).toBe(wanted))

  test('a dry run counts only when staged policies do', () => {
    const objects = [policy('shop/dry', { rules: [] }, { 'istio.io/dry-run': 'true' })]
    expect(verdict(objects)).toBe('allowed')
    expect(verdictOf({ objects, from: web, to: api, options: { staged: 'enforced' } })).toBe('denied')
  })
})

describe('whom a policy is about', () => {
  const none = (key: string, spec: ModelObject = {}) => [policy(key, spec)]
  test.each([
    ['its namespace', none('shop/p'), 'denied'],
    ['another namespace', none('batch/p'), 'allowed'],
    ['the root namespace is every namespace', none('istio-system/p'), 'denied'],
    ['a selector', none('shop/p', { selector: { matchLabels: { app: 'api' } } }), 'denied'],
    ['another selector', none('shop/p', { selector: { matchLabels: { app: 'db' } } }), 'allowed'],
    [
      'a selector in the root namespace',
      none('istio-system/p', { selector: { matchLabels: { app: 'db' } } }),
      'allowed',
    ],
    ['an empty selector is all', none('shop/p', { selector: {} }), 'denied'],
  ])('%s', (_, objects, wanted) => expect(verdict(objects)).toBe(wanted))

  test('only pods with a proxy are judged, and one that is not known is open', () => {
    expect(verdictOf({ objects: [allow()], from: web, to: bare })).toBe('allowed')
    expect(verdictOf({ objects: [allow()], from: web, to: { ...api, mesh: 'unknown' } })).toBe('undefined')
    expect(verdictOf({ objects: [allow()], from: web, to: { ...api, mesh: 'linkerd' } })).toBe('allowed')
  })

  test('the proxy takes TCP only, and leaves metrics and health alone', () => {
    expect(verdict([allow()], web, { protocol: 'UDP' })).toBe('allowed')
    expect(verdict([deny({})], web, { protocol: 'UDP' })).toBe('allowed')
    expect(verdict([allow(), deny({})], bare, { port: 15020 })).toBe('allowed')
    expect(verdict([allow()], bare, { port: 15090 })).toBe('allowed')
    expect(verdict([allow()], bare, { port: 15022 })).toBe('denied')
  })

  test('a node reaches its own pods: probes', () => {
    const from = (name: string) => ({ from: { type: 'node' as const, name, addresses: ['10.9.0.1'] } })
    expect(verdict([allow()], web, from('n1'))).toBe('allowed')
    expect(verdict([allow()], web, from('n2'))).toBe('denied')
  })
})

describe('targets', () => {
  const aimed = (kind: string, name: string, spec: ModelObject = {}) =>
    policy('shop/p', { targetRefs: [{ kind, name, group: '' }], ...spec })
  const service = {
    namespace: 'shop',
    name: 'api',
    labels: {},
    selector: { app: 'api' },
    clusterIps: [],
    ports: [],
    addresses: [],
  }
  const namespaces = [{ ...space('shop'), labels: { 'istio.io/use-waypoint': 'way' } }]
  const told = (one: ModelObject, to = api) =>
    verdictOf({ objects: [one], from: web, to, model: { services: [service], namespaces } })
  const gateway = { ...api, labels: { 'gateway.networking.k8s.io/gateway-name': 'front' } }
  const waypoint = {
    ...api,
    labels: { 'gateway.networking.k8s.io/gateway-name': 'way', 'gateway.istio.io/managed': 'istio.io-mesh-controller' },
  }

  test('a waypoint may serve another namespace', () => {
    const one = policy('edge/p', { targetRefs: [{ kind: 'Gateway', name: 'way' }] })
    const labels = { 'istio.io/use-waypoint': 'way', 'istio.io/use-waypoint-namespace': 'edge' }
    const of = (namespace: typeof labels | { 'istio.io/use-waypoint': string }) =>
      verdictOf({ objects: [one], from: web, to: api, model: { namespaces: [space('shop', namespace)] } })
    expect([of(labels), of({ 'istio.io/use-waypoint': 'way' })]).toEqual(['undefined', 'allowed'])
  })

  test.each([
    ['a Service is judged by a waypoint', told(aimed('Service', 'api')), 'undefined'],
    ['another Service', told(aimed('Service', 'db')), 'allowed'],
    ['an audit of a Service', told(aimed('Service', 'api', { action: 'AUDIT' })), 'allowed'],
    ['a gateway is judged by itself', told(aimed('Gateway', 'front'), gateway), 'denied'],
    ['another gateway', told(aimed('Gateway', 'back'), gateway), 'allowed'],
    ['a waypoint judges those behind it', told(aimed('Gateway', 'way')), 'undefined'],
    ['a class of waypoints', told(aimed('GatewayClass', 'istio-waypoint')), 'undefined'],
    ['a waypoint heeds no selector', told(allow(), waypoint), 'allowed'],
  ])('%s', (_, told, wanted) => expect(told).toBe(wanted))
})

test('what Istio refuses', () => {
  expect(
    problemsOf(policy('shop/p', { selector: { matchLabels: { a: 'b' } }, targetRef: { kind: 'Service', name: 'a' } })),
  ).toEqual(['spec.selector must not be given with a target'])
  expect(problemsOf(policy('shop/p', { action: 'CUSTOM' }))).toEqual(['spec.provider.name is required for CUSTOM'])
  expect(problemsOf(policy('shop/p', { action: 'PASS' }))).toEqual([
    'spec.action must be ALLOW or DENY or AUDIT or CUSTOM',
  ])
  expect(problemsOf(allow(source({})))).toEqual(['spec.rules[0].from[0].source must not be empty'])
  expect(problemsOf(allow({ to: [{ operation: { ports: ['http'] } }] }))).toEqual([
    'spec.rules[0].to[0].operation.ports "http" is no port',
  ])
  expect(problemsOf(allow({ when: [{ key: 'source.ip' }] }))).toEqual([
    'spec.rules[0].when[0] must have values or notValues',
  ])
  expect(problemsOf(allow(source({ serviceAccounts: ['a'], namespaces: ['b'] })))).toHaveLength(1)
})

test('a sentence names the policy and what it asks for', () => {
  const said = (one: ModelObject, from = web, request?: HttpRequest | null) =>
    sentences({ objects: [one], from, to: api, flow: request === undefined ? {} : { request } })
  expect(said(allow(fromWeb))).toContain(
    'AuthorizationPolicy shop/allow allows ingress to shop/api from whoever proves with mTLS to be */ns/shop/sa/web on every port (spec.rules[0])',
  )
  expect(said(allow(fromWeb), job)).toContain('AuthorizationPolicy shop/allow selects it')
  const put = deny({ to: [{ operation: { methods: ['PUT', 'POST'], notPaths: ['/open/*'] } }] })
  expect(said(put, web, { method: 'PUT', path: '/x' })).toContain(
    'from anybody on every port, for requests with method PUT or POST and not path /open/* (spec.rules[0])',
  )
  expect(said(put, web, null)).toContain('from anybody on every port, for connections without HTTP (spec.rules[0])')
  expect(said(custom({}))).toContain('the provider opa is asked')
})
