import { describe, expect, it } from 'vitest'
import type { GroundEdge } from '../ground'
import type { ModelObject } from '../model'
import { judgeGround } from './judge-ground'
import { policyHits } from './policy-hits'
import { edge, groundOf, letIn } from './test-ground'

const key = (name: string) => `networking.k8s.io/NetworkPolicy/shop/${name}`
const hitsOf = (objects: readonly ModelObject[], edges: readonly GroundEdge[]) =>
  policyHits(judgeGround(groundOf(objects, edges)))
const passed = { allowed: 7, lastAllowed: 500 }
const stopped = { denied: 4, lastDenied: 600 }

describe('hits', () => {
  it('are of the rule that lets pass, and of its policy', () => {
    const hits = hitsOf([letIn('cart', 'db', 'web')], [edge('web', 'cart', passed)])
    const one = { allowed: 7, denied: 0, lastUsed: 500, edges: 1, witnesses: ['engine'] }
    expect(hits.ofPolicy(key('cart'))).toEqual(one)
    expect(hits.ofRule(key('cart'), 'spec.ingress[1]')).toEqual(one)
    expect(hits.ofRule(key('cart'), 'spec.ingress[0]')).toMatchObject({ allowed: 0, lastUsed: null, witnesses: [] })
  })

  it('are of the policies that isolate where no rule matches', () => {
    const hits = hitsOf([letIn('db', 'cart')], [edge('web', 'db', stopped)])
    expect(hits.ofPolicy(key('db'))).toMatchObject({ allowed: 0, denied: 4, lastUsed: 600 })
    expect(hits.ofRule(key('db'), 'spec.ingress[0]').edges).toBe(0)
  })

  it('add up over edges, with the last time of them', () => {
    const later = { allowed: 1, lastAllowed: 900 }
    const hits = hitsOf(
      [letIn('cart', 'web'), letIn('db', 'cart', 'web')],
      [edge('web', 'db', passed), edge('cart', 'db', later)],
    )
    expect(hits.ofPolicy(key('db'))).toMatchObject({ allowed: 8, lastUsed: 900, edges: 2 })
    expect(hits.ofPolicy(key('cart')).edges).toBe(0)
  })

  it('are of the policies that a source named, whatever the engine says, and of their rules as it says', () => {
    const named = (...names: string[]) =>
      ({ named: [{ verdict: 'allowed', witness: 'hubble', policies: names.map(key) }] }) as const
    const objects = [letIn('cart', 'web'), letIn('db', 'cart')]
    const hits = hitsOf(objects, [
      edge('web', 'cart', { ...passed, ...named('cart') }),
      edge('web', 'db', { ...passed, ...named('db') }),
      edge('cart', 'db', { ...passed, ...named('cart') }),
    ])
    expect(hits.ofPolicy(key('cart'))).toMatchObject({ allowed: 14, edges: 2, witnesses: ['hubble'] })
    expect(hits.ofPolicy(key('db'))).toMatchObject({ allowed: 7, witnesses: ['hubble'] })
    expect(hits.ofRule(key('cart'), 'spec.ingress[0]')).toMatchObject({ allowed: 7, witnesses: ['engine'] })
    expect(hits.ofRule(key('db'), 'spec.ingress[0]').edges).toBe(0)
  })

  it('are nobody’s where what happened is not what policies say, and where an end is not known', () => {
    const hits = hitsOf(
      [letIn('db', 'cart')],
      [
        edge('web', 'db', passed),
        edge('cart', 'db', stopped),
        edge('cart', 'db', { ...passed, from: { type: 'unknown', why: 'hidden' } }),
      ],
    )
    expect(hits.ofPolicy(key('db')).edges).toBe(0)
  })

  it('are of a mesh’s policies by the engine, also where a source names those of the network', () => {
    const callers = {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'callers', namespace: 'shop' },
      spec: { action: 'ALLOW', rules: [{}] },
    }
    const named = [{ verdict: 'allowed', witness: 'hubble', policies: [key('cart')] }] as const
    const ground = groundOf([letIn('cart', 'web'), callers], [edge('web', 'cart', { ...passed, named })])
    const workloads = ground.model.workloads.map((one) => ({ ...one, mesh: 'istio' as const }))
    const hits = policyHits(judgeGround({ ...ground, model: { ...ground.model, workloads } }))
    const ofMesh = 'security.istio.io/AuthorizationPolicy/shop/callers'
    expect(hits.ofPolicy(ofMesh)).toMatchObject({ allowed: 7, witnesses: ['engine'] })
    expect(hits.ofRule(ofMesh, 'spec.rules[0]')).toMatchObject({ allowed: 7 })
    expect(hits.ofPolicy(key('cart'))).toMatchObject({ allowed: 7, witnesses: ['hubble'] })
  })
})
