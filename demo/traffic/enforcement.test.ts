import { describe, expect, test } from 'vitest'
import type { KubernetesObject } from '../model/object'
import { minute, start, virtualWorld } from '../test-world'

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
    expect(cut.denied).toBeGreaterThan(15)
  })

  test('is refused by a rule that denies whatever others allow', () => {
    const world = virtualWorld()
    const egressDeny = [{ toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'catalog' } }] }]
    const endpointSelector = { matchLabels: { 'app.kubernetes.io/name': 'bff' } }
    world.store.put(policy('storefront', 'deny', { endpointSelector, egressDeny }, 'CiliumNetworkPolicy'))
    expect(liveMinute(world, 0, 'bff -> catalog/Deployment/products')).toMatchObject({ passed: 0 })
    const call = world.calls.find(({ denied }) => denied?.rule)
    expect(call?.denied).toMatchObject({ direction: 'egress', policy: { kind: 'CiliumNetworkPolicy', name: 'deny' } })
  })
})
