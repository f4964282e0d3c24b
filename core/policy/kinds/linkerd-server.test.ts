import { describe, expect, test } from 'vitest'
import type { Flow } from '../decision'
import type { ModelObject } from '../model'
import { allow, base, forApi, network, server, tls, tlsRef } from './test-linkerd'
import { meshPods, problemsOf, verdictOf } from './test-mesh'

const { web, api, job, bare } = meshPods('linkerd')
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
