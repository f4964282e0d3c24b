import { describe, expect, test } from 'vitest'
import type { Flow } from '../decision'
import type { ModelObject } from '../model'
import {
  policy,
  tls,
  network,
  route,
  serverAuthorization,
  base,
  tlsRef,
  networkRef,
  identities,
  allow,
} from './test-linkerd'
import { meshPods, verdictOf } from './test-mesh'

const { web, api, job, bare } = meshPods('linkerd')
const webName = 'web.shop.serviceaccount.identity.linkerd.cluster.local'
const told = (objects: readonly ModelObject[], from = web, flow: Partial<Flow> = {}) =>
  verdictOf({ objects, from, to: api, flow })
const each = (...objects: readonly ModelObject[]) => [web, job, bare].map((from) => told(objects, from))
const [A, D, U] = ['allowed', 'denied', 'undefined'] as const

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
    expect([ask('/cart?of=1'), ask('/?of=/cart')]).toEqual([A, D])
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
    serverAuthorization('shop/older', { server: of, client: parts })
  expect(each(base, client({ unauthenticated: true }))).toEqual([A, A, A])
  expect(each(base, client({ meshTLS: { serviceAccounts: [{ name: 'web' }] } }))).toEqual([A, D, D])
  expect(each(base, client({ meshTLS: { identities: ['*'] }, networks: [{ cidr: '10.0.0.3/32' }] }))).toEqual([D, A, D])
  expect(each(base, client({ unauthenticated: true }, { selector: { matchLabels: { a: 'b' } } }))).toEqual([D, D, D])
})
