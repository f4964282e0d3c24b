import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compile'
import type { Flow } from './decision'
import { evaluate } from './evaluate'
import { meshPods } from './kinds/test-mesh'
import type { ModelObject, Workload } from './model'
import { defaultOptions } from './profile'
import { flowTo, modelOf, pod } from './test-model'

const of = (
  apiVersion: string,
  kind: string,
  namespace: string | null = 'shop',
  spec: unknown = 'no map',
): ModelObject => ({
  apiVersion,
  kind,
  metadata: { name: 'broken', ...(namespace === null ? {} : { namespace }) },
  spec,
})
const broken = {
  NetworkPolicy: of('networking.k8s.io/v1', 'NetworkPolicy'),
  ClusterNetworkPolicy: of('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', null),
  CiliumNetworkPolicy: of('cilium.io/v2', 'CiliumNetworkPolicy'),
  PeerAuthentication: of('security.istio.io/v1', 'PeerAuthentication'),
  AuthorizationPolicy: of('security.istio.io/v1', 'AuthorizationPolicy'),
  Server: of('policy.linkerd.io/v1beta3', 'Server'),
  LinkerdAuthorizationPolicy: of('policy.linkerd.io/v1alpha1', 'AuthorizationPolicy'),
  ServerAuthorization: of('policy.linkerd.io/v1beta1', 'ServerAuthorization'),
} as const
const network = ['NetworkPolicy', 'ClusterNetworkPolicy', 'CiliumNetworkPolicy'] as const
const ofIstio = ['PeerAuthentication', 'AuthorizationPolicy'] as const
const ofLinkerd = ['Server', 'LinkerdAuthorizationPolicy', 'ServerAuthorization'] as const

const { web, api, bare } = meshPods('istio')
const linkerd = meshPods('linkerd')
const elsewhere = pod('batch/other', { mesh: 'istio' })

/** What egress, ingress and mesh say. */
function sides(object: ModelObject, from: Workload, to: Workload, parts: Partial<Flow> = {}) {
  const compiled = compilePolicies(modelOf([from, to], [object]), defaultOptions)
  expect(compiled.unread).toHaveLength(1)
  const { egress, ingress, mesh } = evaluate(compiled, flowTo(from, to, 8080, parts))
  return [egress.verdict, ingress.verdict, mesh.verdict]
}

test('what decides nothing by itself leaves nothing open', () => {
  const set = of('projectcalico.org/v3', 'GlobalNetworkSet', null)
  expect(sides(set, web, api)).toEqual(['allowed', 'allowed', 'allowed'])
})

describe('what cannot be read leaves only its own layer open', () => {
  test.each(network)('%s: that of the network, at both ends', (kind) => {
    expect(sides(broken[kind], web, api)).toEqual(['undefined', 'undefined', 'allowed'])
  })
  test.each(ofIstio)('%s: that of the mesh, for pods with its proxy', (kind) => {
    expect(sides(broken[kind], web, api)).toEqual(['allowed', 'allowed', 'undefined'])
    expect(sides(broken[kind], web, bare)).toEqual(['allowed', 'allowed', 'allowed'])
    expect(sides(broken[kind], linkerd.web, linkerd.api)).toEqual(['allowed', 'allowed', 'allowed'])
    expect(sides(broken[kind], web, api, { protocol: 'UDP' })).toEqual(['allowed', 'allowed', 'allowed'])
  })
  test.each(ofLinkerd)('%s: that of the mesh, for pods with its proxy', (kind) => {
    expect(sides(broken[kind], linkerd.web, linkerd.api)).toEqual(['allowed', 'allowed', 'undefined'])
    expect(sides(broken[kind], web, api)).toEqual(['allowed', 'allowed', 'allowed'])
  })
})

test('only its own namespace is left open, and by the root namespace of Istio all of them', () => {
  expect(sides(broken.AuthorizationPolicy, web, elsewhere)[2]).toBe('allowed')
  expect(sides(of('security.istio.io/v1', 'AuthorizationPolicy', 'istio-system'), web, elsewhere)[2]).toBe('undefined')
  expect(sides(broken.NetworkPolicy, web, elsewhere)).toEqual(['undefined', 'allowed', 'allowed'])
})

test('ports that pass the proxy by stay allowed', () => {
  const skipping = pod('shop/skipping', {
    mesh: 'linkerd',
    annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' },
  })
  expect(sides(broken.Server, linkerd.web, skipping)).toEqual(['allowed', 'allowed', 'allowed'])
  expect(sides(broken.Server, linkerd.web, skipping, { port: 8081 })[2]).toBe('undefined')
})
