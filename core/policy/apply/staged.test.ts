import { describe, expect, it } from 'vitest'
import { kindOf, parseObject } from '../kinds'
import type { PolicyChange } from '../policy-change'
import { stagedForm } from './staged'

const put = (apiVersion: string, kind: string, spec: object): PolicyChange => ({
  change: 'put',
  object: {
    apiVersion,
    kind,
    metadata: { name: 'web', namespace: 'shop', uid: 'u', resourceVersion: '7', labels: { team: 'a' } },
    spec,
  },
})
const calico = { calico: true, exists: true }

const networkPolicy = put('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {}, policyTypes: ['Ingress'] })
const calicoPolicy = put('projectcalico.org/v3', 'NetworkPolicy', { selector: 'all()', types: ['Ingress'] })
const globalPolicy = put('projectcalico.org/v3', 'GlobalNetworkPolicy', { selector: 'all()', types: ['Ingress'] })
const authorization = (action: string) => put('security.istio.io/v1', 'AuthorizationPolicy', { action, rules: [{}] })

describe('the staged form', () => {
  it.each([
    ['StagedKubernetesNetworkPolicy', networkPolicy],
    ['StagedNetworkPolicy', calicoPolicy],
    ['StagedGlobalNetworkPolicy', globalPolicy],
  ])('is a %s, which the engine reads as staged and without the version of the other', (kind, change) => {
    const staged = stagedForm(change, calico)
    if (staged.type !== 'staged' || staged.change.change !== 'put') throw new Error('not staged')
    const { object } = staged.change
    expect(object).toMatchObject({
      kind,
      metadata: { name: 'web', labels: { team: 'a' } },
      spec: { stagedAction: 'Set' },
    })
    expect(object.metadata).not.toHaveProperty('resourceVersion')
    const known = kindOf(object)
    expect(known && 'meaning' in parseObject(known, object)).toBe(true)
  })

  it('of a deletion says that it would be gone', () => {
    const ref = { group: 'networking.k8s.io', kind: 'NetworkPolicy', namespace: 'shop', name: 'web' }
    expect(stagedForm({ change: 'delete', ref }, calico)).toMatchObject({
      change: { object: { kind: 'StagedKubernetesNetworkPolicy', spec: { stagedAction: 'Delete' } } },
    })
  })

  it('of Istio is a dry run beside the enforced one, which the mark would turn off', () => {
    const annotations = { 'istio.io/dry-run': 'true' }
    expect(stagedForm(authorization('DENY'), { calico: false, exists: true })).toMatchObject({
      change: { object: { metadata: { name: 'web-dry-run', annotations } } },
    })
  })

  it.each([
    ['without Calico', networkPolicy, { calico: false, exists: true }, /does not serve/],
    ['of Cilium', put('cilium.io/v2', 'CiliumNetworkPolicy', {}), calico, /no staged policies/],
    ['of CUSTOM', authorization('CUSTOM'), calico, /ALLOW and DENY only/],
    ['of a Linkerd Server', put('policy.linkerd.io/v1beta3', 'Server', {}), calico, /no staged form of Server/],
  ])('is none %s, and says why', (_, change, options, why) => {
    const staged = stagedForm(change, options)
    expect(staged.type === 'none' && staged.why).toMatch(why)
  })
})
