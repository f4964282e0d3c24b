import { describe, expect, it } from 'vitest'
import { pod } from '../test-model'
import { buildPolicies } from './build-policies'
import { edge, groundOf, letIn, shop } from './test-ground'

const broken = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'broken', namespace: 'shop' },
  spec: { podSelector: 1 },
}
const admin = {
  apiVersion: 'policy.networking.k8s.io/v1alpha1',
  kind: 'AdminNetworkPolicy',
  metadata: { name: 'first' },
  spec: { priority: 7, subject: { namespaces: {} }, ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] },
}
const staged = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'StagedNetworkPolicy',
  metadata: { name: 'try', namespace: 'shop' },
  spec: { selector: 'app == "web"', types: ['Ingress'], ingress: [{ action: 'Allow' }] },
}
const strict = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'only-web', namespace: 'shop' },
  spec: { selector: { matchLabels: { app: 'cart' } }, rules: [{ from: [{ source: { namespaces: ['shop'] } }] }] },
}

describe('the page of policies', () => {
  const meshed = shop.map((one) => (one.name === 'db' ? one : { ...one, mesh: 'istio' as const }))
  const ground = groundOf(
    [letIn('db', 'cart'), broken, admin, staged, strict],
    [edge('cart', 'db', { allowed: 1 })],
    {},
    {
      workloads: [...meshed, pod('shop/lonely')],
    },
  )
  const page = buildPolicies(ground, ['c'])
  const row = (name: string) => page.policies.find(({ ref }) => ref.name === name)

  it('lists policies of the cluster first, each at its place', () => {
    expect(page.policies.map(({ ref }) => ref.name)).toEqual(['first', 'only-web', 'broken', 'db', 'try'])
    expect(row('first')?.places).toEqual([{ tier: 'kube-admin', direction: 'ingress', order: 7 }])
    expect(row('db')).toMatchObject({ layer: 'network', isolates: ['ingress'], mode: 'enforced' })
    expect(row('try')?.mode).toBe('staged')
    expect(row('only-web')?.layer).toBe('mesh')
    expect(page.tiers.map(({ name, layer }) => [name, layer])).toEqual([
      ['kube-admin', 'network'],
      ['default', 'network'],
      ['istio', 'mesh'],
    ])
  })

  it('says why one cannot be read, and gives each its findings', () => {
    expect(row('broken')?.unreadable).toMatch(/^spec\.podSelector/)
    expect(row('broken')?.findings.map((i) => page.findings[i]?.rule)).toContain('unreadable')
  })

  it('says which workloads are isolated, by what, and what the mesh adds', () => {
    const cover = (name: string) => page.workloads.find((one) => one.name === name)
    const db = page.policies.findIndex(({ ref }) => ref.name === 'db')
    expect(cover('db')).toMatchObject({
      ingress: { state: 'isolated', by: [db] },
      egress: { state: 'open' },
      mesh: null,
    })
    expect(cover('cart')).toMatchObject({ ingress: { state: 'open' }, mesh: { state: 'isolated' } })
    expect(cover('web')?.mesh).toMatchObject({ state: 'open' })
    expect(page.namespaces).toEqual([
      { namespace: 'shop', workloads: 4, ingress: 1, egress: 0, both: 0, inMesh: 2, mesh: 1, policies: 4 },
    ])
  })
})
