import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { meshPods, object, problemsOf, sentences, verdictOf } from './test-mesh'

const { web, api, bare, gate } = meshPods('istio')
const peers = object('security.istio.io/v1', 'PeerAuthentication')
const mtls = (mode: string) => ({ mtls: { mode } })
const forApi = { selector: { matchLabels: { app: 'api' } } }
const mesh = (mode: string) => peers('istio-system/default', mtls(mode))
const space = (mode: string) => peers('shop/default', mtls(mode))
const own = (mode: string, more: ModelObject = {}) => peers('shop/api', { ...forApi, ...mtls(mode), ...more })
const at = (seconds: number, { metadata, ...one }: ModelObject): ModelObject => ({
  ...one,
  metadata: { ...Object(metadata), creationTimestamp: new Date(seconds * 1000).toISOString() },
})
const plain = (objects: readonly ModelObject[], flow = {}, to = api) => verdictOf({ objects, from: bare, to, flow })

describe('plaintext to a pod of the mesh', () => {
  test.each([
    ['nothing is told', [], 'allowed'],
    ['the mesh is strict', [mesh('STRICT')], 'denied'],
    ['the namespace speaks before the mesh', [mesh('STRICT'), space('PERMISSIVE')], 'allowed'],
    ['a namespace that is unset inherits', [mesh('STRICT'), space('UNSET')], 'denied'],
    ['a namespace without mtls inherits', [mesh('STRICT'), peers('shop/default', {})], 'denied'],
    ['the workload speaks before the namespace', [space('STRICT'), own('DISABLE')], 'allowed'],
    [
      'another workload',
      [peers('shop/db', { selector: { matchLabels: { app: 'db' } }, ...mtls('STRICT') })],
      'allowed',
    ],
    ['another namespace', [peers('batch/default', mtls('STRICT'))], 'allowed'],
    [
      'a selector in the root namespace is ignored',
      [peers('istio-system/api', { ...forApi, ...mtls('STRICT') })],
      'allowed',
    ],
    ['a port of the workload', [own('PERMISSIVE', { portLevelMtls: { 8080: { mode: 'STRICT' } } })], 'denied'],
    ['another port of the workload', [own('PERMISSIVE', { portLevelMtls: { 81: { mode: 'STRICT' } } })], 'allowed'],
    ['a port that is disabled', [own('STRICT', { portLevelMtls: { 8080: { mode: 'DISABLE' } } })], 'allowed'],
    ['a port that is unset inherits', [own('STRICT', { portLevelMtls: { 8080: { mode: 'UNSET' } } })], 'denied'],
    [
      'ports without a selector',
      [peers('shop/d', { ...mtls('STRICT'), portLevelMtls: { 8080: { mode: 'DISABLE' } } })],
      'denied',
    ],
  ])('%s', (_, objects, wanted) => expect(plain(objects)).toBe(wanted))

  test('of several at one level the oldest counts, also where it is unset', () => {
    const [a, b] = [peers('shop/a', mtls('STRICT')), peers('shop/b', mtls('PERMISSIVE'))]
    expect(plain([at(200, a), at(100, b)])).toBe('allowed')
    expect(plain([at(100, a), at(200, b)])).toBe('denied')
    expect(plain([at(100, peers('shop/c', mtls('UNSET'))), at(200, a)])).toBe('allowed')
  })

  test('a selector in the root namespace is ignored there too', () => {
    const objects = [peers('istio-system/api', { ...forApi, ...mtls('STRICT') })]
    expect(plain(objects, {}, { ...api, namespace: 'istio-system' })).toBe('allowed')
  })

  test('gateways, and pods without a proxy, take it anyway', () => {
    expect(plain([mesh('STRICT')], {}, gate)).toBe('allowed')
    expect(verdictOf({ objects: [mesh('STRICT')], from: web, to: bare })).toBe('allowed')
  })

  test('mTLS and what passes the proxy by are not concerned', () => {
    expect(verdictOf({ objects: [mesh('STRICT')], from: web, to: api })).toBe('allowed')
    expect(verdictOf({ objects: [mesh('STRICT')], from: web, to: api, flow: { mtls: false } })).toBe('denied')
    expect(plain([mesh('STRICT')], { protocol: 'UDP' })).toBe('allowed')
    expect(plain([mesh('STRICT')], { port: 15090 })).toBe('allowed')
  })

  test('whether a proxy is there may not be known', () => {
    expect(verdictOf({ objects: [mesh('STRICT')], from: { ...web, mesh: 'unknown' }, to: api })).toBe('undefined')
    expect(plain([mesh('STRICT')], {}, { ...api, mesh: 'unknown' })).toBe('undefined')
  })
})

test('who is allowed by name where mTLS is turned off is open', () => {
  const rules = [{ from: [{ source: { namespaces: ['shop'] } }] }]
  const allow = object('security.istio.io/v1', 'AuthorizationPolicy')('shop/allow', { rules })
  expect(verdictOf({ objects: [allow, space('DISABLE')], from: web, to: api })).toBe('undefined')
  expect(verdictOf({ objects: [allow, peers('batch/default', mtls('DISABLE'))], from: web, to: api })).toBe('allowed')
})

describe('clients whom a DestinationRule tells to speak plaintext', () => {
  const rule = object('networking.istio.io/v1', 'DestinationRule')
  const tls = (mode: string) => ({ trafficPolicy: { tls: { mode } } })
  const services = [
    { namespace: 'shop', name: 'api', labels: {}, selector: { app: 'api' }, clusterIps: [], ports: [], addresses: [] },
  ]
  const told = (one: ModelObject) =>
    verdictOf({ objects: [mesh('STRICT'), one], from: web, to: api, model: { services } })
  test.each([
    ['by a short name', rule('shop/r', { host: 'api', ...tls('DISABLE') }), 'undefined'],
    ['by its full name', rule('batch/r', { host: 'api.shop.svc.cluster.local', ...tls('SIMPLE') }), 'undefined'],
    ['by a wildcard', rule('batch/r', { host: '*.shop.svc.cluster.local', ...tls('DISABLE') }), 'undefined'],
    [
      'on a port',
      rule('shop/r', { host: 'api', trafficPolicy: { portLevelSettings: [tls('DISABLE').trafficPolicy] } }),
      'undefined',
    ],
    ['for a subset', rule('shop/r', { host: 'api', subsets: [tls('DISABLE')] }), 'undefined'],
    ['a short name of another namespace', rule('batch/r', { host: 'api', ...tls('DISABLE') }), 'allowed'],
    ['another Service', rule('shop/r', { host: 'ap.shop', ...tls('DISABLE') }), 'allowed'],
    ['mTLS of the mesh', rule('shop/r', { host: 'api', ...tls('ISTIO_MUTUAL') }), 'allowed'],
  ])('%s', (_, one, wanted) => expect(told(one)).toBe(wanted))
})

test('what is refused', () => {
  expect(problemsOf(mesh('strict'))).toEqual(['spec.mtls.mode must be UNSET or DISABLE or PERMISSIVE or STRICT'])
  expect(problemsOf(own('STRICT', { portLevelMtls: { http: { mode: 'STRICT' } } }))).toEqual([
    'spec.portLevelMtls.http must be under a port',
  ])
})

test('a sentence names the policy', () => {
  expect(sentences({ objects: [mesh('STRICT')], from: bare, to: api })).toContain(
    'PeerAuthentication istio-system/default denies ingress to shop/api from all but whoever proves an identity with mTLS on every port (spec.mtls)',
  )
})
