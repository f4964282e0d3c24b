import { describe, expect, test } from 'vitest'
import type { Flow } from '../decision'
import type { ModelObject } from '../model'
import { meshPods, object, problemsOf, sentences, verdictOf } from './test-mesh'

const { web, api, job, bare } = meshPods('linkerd')
const server = object('policy.linkerd.io/v1beta3', 'Server')
const policy = object('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy')
const tls = object('policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication')
const network = object('policy.linkerd.io/v1alpha1', 'NetworkAuthentication')
const route = object('policy.linkerd.io/v1beta3', 'HTTPRoute')
const older = object('policy.linkerd.io/v1beta1', 'ServerAuthorization')

const forApi = { podSelector: { matchLabels: { app: 'api' } }, port: 8080 }
const base = server('shop/api', forApi)
const [tlsRef, networkRef] = [
  { group: 'policy.linkerd.io', kind: 'MeshTLSAuthentication', name: 'auth' },
  { group: 'policy.linkerd.io', kind: 'NetworkAuthentication', name: 'nets' },
]
const allow = (refs: readonly ModelObject[], target: ModelObject = { kind: 'Server', name: 'api' }) =>
  policy('shop/allow', { targetRef: { group: 'policy.linkerd.io', ...target }, requiredAuthenticationRefs: refs })
const identities = (...names: readonly string[]) => tls('shop/auth', { identities: names })
const webName = 'web.shop.serviceaccount.identity.linkerd.cluster.local'
const told = (objects: readonly ModelObject[], from = web, flow: Partial<Flow> = {}) =>
  verdictOf({ objects, from, to: api, flow })
const each = (...objects: readonly ModelObject[]) => [web, job, bare].map((from) => told(objects, from))
const [A, D, U] = ['allowed', 'denied', 'undefined'] as const

describe('Server', () => {
  test.each([
    ['a port without a Server is open', [], A, A, A],
    ['a Server lets nobody in by itself', [base], D, D, D],
    ['by the name of the port', [server('shop/api', { ...forApi, port: 'http' })], D, D, D],
    ['another port', [server('shop/api', { ...forApi, port: 81 })], A, A, A],
    ['a name that no port has', [server('shop/api', { ...forApi, port: 'admin' })], A, A, A],
    ['another namespace', [server('batch/api', forApi)], A, A, A],
    [
      'with an access policy of its own',
      [server('shop/api', { ...forApi, accessPolicy: 'all-authenticated' })],
      A,
      A,
      D,
    ],
    ['for all', [server('shop/api', { ...forApi, accessPolicy: 'all-unauthenticated' })], A, A, A],
    ['for the cluster', [server('shop/api', { ...forApi, accessPolicy: 'cluster-authenticated' })], A, A, D],
    [
      'for the cluster without mTLS',
      [server('shop/api', { ...forApi, accessPolicy: 'cluster-unauthenticated' })],
      A,
      A,
      A,
    ],
    ['only logged', [server('shop/api', { ...forApi, accessPolicy: 'audit' })], A, A, A],
    ['workloads outside are no pods', [server('shop/api', { externalWorkloadSelector: {}, port: 8080 })], A, A, A],
  ])('%s', (_, objects, ...wanted) => expect(each(...objects)).toEqual(wanted))

  test('only TCP to pods with a proxy, and probes of their node get in', () => {
    expect(verdictOf({ objects: [base], from: web, to: { ...api, mesh: null } })).toBe(A)
    expect(verdictOf({ objects: [base], from: web, to: { ...api, mesh: 'unknown' } })).toBe(U)
    expect(told([base], web, { protocol: 'UDP' })).toBe(A)
    expect(told([base], web, { from: { type: 'node', name: 'n1', addresses: [] } })).toBe(A)
  })

  test('whether an address belongs to the cluster is a setting', () => {
    const objects = [server('shop/api', { ...forApi, accessPolicy: 'cluster-unauthenticated' })]
    const from = (address: string) => ({ from: { type: 'external' as const, address } })
    expect([told(objects, web, from('10.9.9.9')), told(objects, web, from('203.0.113.1'))]).toEqual([U, D])
  })
})

describe('AuthorizationPolicy', () => {
  test.each([
    ['a name', [identities(webName), allow([tlsRef])], A, D, D],
    ['any name', [identities('*'), allow([tlsRef])], A, A, D],
    [
      'names with a wildcard',
      [identities('*.batch.serviceaccount.identity.linkerd.cluster.local'), allow([tlsRef])],
      D,
      A,
      D,
    ],
    ['a service account', [allow([{ kind: 'ServiceAccount', name: 'web' }])], A, D, D],
    [
      'a service account by reference',
      [
        tls('shop/auth', { identityRefs: [{ kind: 'ServiceAccount', name: 'job', namespace: 'batch' }] }),
        allow([tlsRef]),
      ],
      D,
      A,
      D,
    ],
    [
      'a namespace by reference',
      [tls('shop/auth', { identityRefs: [{ kind: 'Namespace', name: 'batch' }] }), allow([tlsRef])],
      D,
      A,
      D,
    ],
    [
      'a network, whatever the identity',
      [network('shop/nets', { networks: [{ cidr: '10.0.0.0/24', except: ['10.0.0.3/32'] }] }), allow([networkRef])],
      A,
      D,
      A,
    ],
    [
      'both must match',
      [identities('*'), network('shop/nets', { networks: [{ cidr: '10.0.0.1' }] }), allow([tlsRef, networkRef])],
      A,
      D,
      D,
    ],
    ['no authentication is everybody', [allow([])], A, A, A],
    ['one that does not exist is nobody', [allow([tlsRef])], D, D, D],
    [
      'one of another namespace',
      [tls('auth/auth', { identities: ['*'] }), allow([{ ...tlsRef, namespace: 'auth' }])],
      A,
      A,
      D,
    ],
    ['all Servers of the namespace', [allow([], { kind: 'Namespace', name: 'shop', group: '' })], A, A, A],
    ['another Server', [allow([], { kind: 'Server', name: 'db' })], D, D, D],
    [
      'a policy of another namespace',
      [policy('batch/allow', { targetRef: { kind: 'Server', name: 'api' }, requiredAuthenticationRefs: [] })],
      D,
      D,
      D,
    ],
    ['an authentication that cannot be read', [identities('a*'), allow([tlsRef])], U, U, U],
  ])('%s', (_, objects, ...wanted) => expect(each(base, ...objects)).toEqual(wanted))

  test('it lets nobody in where no Server is', () => {
    const spaces = [{ name: 'shop', labels: {}, annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' } }]
    const objects = [allow([], { kind: 'Namespace', name: 'shop' })]
    expect(verdictOf({ objects, from: web, to: api, model: { namespaces: spaces } })).toBe(D)
  })

  test('for a route: what the route takes', () => {
    const cart = route('shop/cart', {
      parentRefs: [{ kind: 'Server', name: 'api', group: 'policy.linkerd.io' }],
      rules: [{ matches: [{ path: { value: '/cart' }, method: 'GET' }] }],
    })
    const objects = [base, cart, allow([], { kind: 'HTTPRoute', name: 'cart' })]
    const ask = (path: string, method = 'GET') => told(objects, web, { request: { path, method } })
    expect([ask('/cart'), ask('/cart/1'), ask('/cartoon'), ask('/cart', 'PUT')]).toEqual([A, A, D, D])
    expect(told(objects)).toBe(U)
    expect(told(objects, web, { request: null })).toBe(D)
    const whole = [base, cart, allow([])]
    expect(told(whole, web, { request: { path: '/x', method: 'GET' } })).toBe(D)
    expect(told(whole, web, { request: null })).toBe(A)
    expect(told([base, allow([], { kind: 'HTTPRoute', name: 'gone' })])).toBe(U)
  })
})

test('ServerAuthorization by name and by labels of the Server', () => {
  const client = (parts: ModelObject, of: ModelObject = { name: 'api' }) =>
    older('shop/older', { server: of, client: parts })
  expect(each(base, client({ unauthenticated: true }))).toEqual([A, A, A])
  expect(each(base, client({ meshTLS: { serviceAccounts: [{ name: 'web' }] } }))).toEqual([A, D, D])
  expect(each(base, client({ meshTLS: { identities: ['*'] }, networks: [{ cidr: '10.0.0.3/32' }] }))).toEqual([D, A, D])
  expect(each(base, client({ unauthenticated: true }, { selector: { matchLabels: { a: 'b' } } }))).toEqual([D, D, D])
})

describe('defaults by annotation', () => {
  const word = (value: string) => ({ 'config.linkerd.io/default-inbound-policy': value })
  const asked = (space: string, own: string, objects: readonly ModelObject[] = [], from = web) =>
    verdictOf({
      objects,
      from,
      to: { ...api, annotations: own === '' ? {} : word(own) },
      model: { namespaces: [{ name: 'shop', labels: {}, annotations: word(space) }] },
    })

  test('the pod speaks before its namespace, a Server before both', () => {
    expect([asked('deny', ''), asked('all-unauthenticated', 'deny'), asked('deny', 'all-unauthenticated')]).toEqual([
      D,
      D,
      A,
    ])
    expect([asked('all-authenticated', ''), asked('all-authenticated', '', [], bare)]).toEqual([A, D])
    expect(asked('deny', 'deny', [server('shop/api', { ...forApi, accessPolicy: 'all-unauthenticated' })])).toBe(A)
    expect(asked('all-unauthenticated', '', [base])).toBe(D)
    expect(asked('deni', '')).toBe(A)
  })

  test('ports that pass the proxy by', () => {
    const skips = { ...api, annotations: { 'config.linkerd.io/skip-inbound-ports': '25,8000-8100' } }
    expect(verdictOf({ objects: [base], from: bare, to: skips })).toBe(A)
    expect(
      verdictOf({ objects: [server('shop/api', { ...forApi, port: 81 })], from: bare, to: skips, flow: { port: 81 } }),
    ).toBe(D)
  })

  test('a sentence names who says so', () => {
    const namespaces = [{ name: 'shop', labels: {}, annotations: word('deny') }]
    expect(sentences({ objects: [], from: web, to: api, model: { namespaces } })).toContain(
      'Namespace shop denies ingress to shop/api',
    )
    expect(sentences({ objects: [base], from: web, to: api })).toContain(
      'Server shop/api denies ingress to shop/api from anybody on TCP 8080 (spec.accessPolicy)',
    )
  })
})

test('what is refused', () => {
  expect(problemsOf(server('shop/api', { port: 8080 }))).toEqual([
    'spec must have either podSelector or externalWorkloadSelector',
  ])
  expect(problemsOf(server('shop/api', { ...forApi, accessPolicy: 'open' }))).toHaveLength(1)
  expect(problemsOf(allow([tlsRef, tlsRef]))).toEqual([
    'spec.requiredAuthenticationRefs must not have more than one about identities',
  ])
  expect(problemsOf(allow([], { kind: 'Namespace', name: 'batch' }))).toEqual([
    'spec.targetRef.name must be the namespace of the policy',
  ])
  expect(problemsOf(allow([], { kind: 'Deployment', name: 'api' }))).toHaveLength(1)
  expect(problemsOf(tls('shop/auth', {}))).toEqual(['spec must have identities or identityRefs'])
  expect(
    problemsOf(network('shop/nets', { networks: [{ cidr: '10.0.0.0/24', except: ['10.1.0.0/16'] }] })),
  ).toHaveLength(1)
})
