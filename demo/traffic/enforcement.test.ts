import { describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../model/object'
import { minute, start, virtualWorld } from '../test-world'
import { envoyDetails } from './refusal'

const edge = 'reports -> accounts/StatefulSet/accounts-postgres'

const policy = (namespace: string, name: string, spec: object, kind = 'NetworkPolicy'): KubernetesObject => ({
  apiVersion: kind === 'NetworkPolicy' ? 'networking.k8s.io/v1' : 'cilium.io/v2',
  kind,
  metadata: { name, namespace, uid: name, creationTimestamp: '2026-01-05T12:00:00Z' },
  spec,
})

/** Calls of an edge in the minute that is lived next: passed, and refused. */
function liveMinute(world: ReturnType<typeof virtualWorld>, from: number, name = edge) {
  const before = world.calls.length
  world.engine.advance(start + (from + 1) * minute)
  const calls = world.calls.slice(before).filter((call) => call.edge.includes(name))
  return { passed: calls.filter((call) => !call.denied).length, denied: calls.filter((call) => call.denied).length }
}

describe('traffic', () => {
  test('is what the policies of the API server make it, as soon as they change', () => {
    const world = virtualWorld()
    const before = liveMinute(world, 0)
    expect(before).toMatchObject({ passed: 0 })
    expect(before.denied).toBeGreaterThan(15)
    const allow = policy('accounts', 'reports', {
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'accounts-postgres' } },
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'data' } } }], ports: [{ port: 5432 }] }],
    })
    world.store.put(allow)
    const during = liveMinute(world, 1)
    expect(during).toMatchObject({ denied: 0 })
    expect(during.passed).toBeGreaterThan(15)
    world.store.remove(allow)
    expect(liveMinute(world, 2)).toMatchObject({ passed: 0 })
  })

  test('asks for names at kube-dns, so that an edit can cut it off', () => {
    const world = virtualWorld()
    expect(liveMinute(world, 0, 'web -> kube-system/Deployment/coredns')).toMatchObject({ denied: 0 })
    world.store.put(policy('storefront', 'no-egress', { podSelector: {}, policyTypes: ['Egress'] }))
    const cut = liveMinute(world, 1, 'web -> kube-system/Deployment/coredns')
    expect(cut.passed).toBe(0)
    expect(cut.denied).toBeGreaterThan(200)
    world.store.put(
      policy('storefront', 'no-egress', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ to: [{ namespaceSelector: {} }] }],
      }),
    )
    expect(liveMinute(world, 2, 'web -> kube-system/Deployment/coredns')).toMatchObject({ denied: 0 })
    expect(liveMinute(world, 3, 'web -> storefront/Deployment/bff').passed).toBeGreaterThan(200)
  })

  test('is refused by a rule that denies whatever others allow', () => {
    const world = virtualWorld()
    const egressDeny = [{ toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'catalog' } }] }]
    const endpointSelector = { matchLabels: { 'app.kubernetes.io/name': 'bff' } }
    const spec = { endpointSelector, egressDeny, enableDefaultDeny: { egress: false } }
    world.store.put(policy('storefront', 'deny', spec, 'CiliumNetworkPolicy'))
    expect(liveMinute(world, 0, 'bff -> catalog/Deployment/products')).toMatchObject({ passed: 0 })
    const call = world.calls.find(({ denied }) => denied?.rule)
    expect(call?.denied).toMatchObject({ direction: 'egress', policy: { kind: 'CiliumNetworkPolicy', name: 'deny' } })
  })
})

describe('proxies refuse', () => {
  const object = (apiVersion: string, kind: string, place: string, spec: object): KubernetesObject => {
    const [namespace = '', name = ''] = place.split('/')
    const metadata = { name, namespace, uid: place, creationTimestamp: '2026-01-05T12:00:00Z' }
    return { apiVersion, kind, metadata, spec }
  }
  const refused = (objects: readonly KubernetesObject[], name: string) => {
    const world = virtualWorld()
    for (const one of objects) world.store.put(one)
    world.engine.advance(start + 0.5 * minute)
    const calls = world.calls.filter((call) => call.edge.includes(name))
    expect(calls.length).toBeGreaterThan(5)
    return calls
  }
  const selector = { matchLabels: { 'app.kubernetes.io/name': 'checkout' } }

  test('who asks: Istio’s answers 403, to gRPC PERMISSION_DENIED, and names the rule that denies', () => {
    const deny = object('security.istio.io/v1', 'AuthorizationPolicy', 'checkout/no-bff', {
      selector,
      action: 'DENY',
      rules: [{ from: [{ source: { principals: ['cluster.local/ns/storefront/sa/bff'] } }] }],
    })
    for (const call of refused([deny], 'bff -> checkout/Deployment/checkout')) {
      expect(call).toMatchObject({ denied: null, grpcStatus: 7, failed: true, refusal: { by: 'istio', reset: false } })
      expect(call.refusal && envoyDetails(call.refusal)).toBe(
        'rbac_access_denied_matched_policy[ns[checkout]-policy[no-bff]-rule[0]]',
      )
    }
  })

  test('what is asked, where a rule is about that', () => {
    const readOnly = object('security.istio.io/v1', 'AuthorizationPolicy', 'storefront/web-pages', {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
      action: 'ALLOW',
      rules: [{ to: [{ operation: { paths: ['/', '/c/*', '/p/*'] } }] }],
    })
    const calls = refused([readOnly], 'ingress -> storefront/Deployment/web')
    for (const call of calls)
      expect([call.operation, call.httpCode === 403]).toEqual([call.operation, /search|basket/.test(call.operation)])
    expect(calls.some(({ httpCode }) => httpCode === 403)).toBe(true)
    expect(calls.some(({ httpCode }) => httpCode === 200)).toBe(true)
  })

  test('who is not named to Linkerd', () => {
    const nobody = object('policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication', 'logistics/shipping', {
      identities: ['nobody.logistics.serviceaccount.identity.linkerd.cluster.local'],
    })
    for (const call of refused([nobody], 'shipping -> logistics/Deployment/rates'))
      expect(call).toMatchObject({ denied: null, httpCode: 403, refusal: { by: 'linkerd' } })
  })

  test('who has no certificate where mTLS is asked for', () => {
    const strict = object('security.istio.io/v1', 'PeerAuthentication', 'orders/default', { mtls: { mode: 'STRICT' } })
    for (const call of refused([strict], 'ingest -> orders/StatefulSet/events-kafka'))
      expect(call).toMatchObject({ denied: null, failed: false })
    const kafka = object('security.istio.io/v1', 'PeerAuthentication', 'orders/events-kafka', {
      selector: { matchLabels: { 'app.kubernetes.io/name': 'events-kafka' } },
      mtls: { mode: 'STRICT' },
    })
    for (const call of refused([kafka], 'ingest -> orders/StatefulSet/events-kafka'))
      expect(call).toMatchObject({ denied: null, failed: true, refusal: { by: 'istio', reset: true } })
  })
})
