import { describe, expect, it } from 'vitest'
import type { PolicyChange } from '../policy-change'
import { orderOfChanges } from './order'

const put = (apiVersion: string, kind: string, name: string, spec: object): PolicyChange => ({
  change: 'put',
  object: { apiVersion, kind, metadata: { name, namespace: 'shop' }, spec },
})
const gone = (group: string, kind: string, name: string): PolicyChange => ({
  change: 'delete',
  ref: { group, kind, namespace: 'shop', name },
})
const networkPolicy = (name: string, spec: object) => put('networking.k8s.io/v1', 'NetworkPolicy', name, spec)
const from = [{ podSelector: { matchLabels: { app: 'cart' } } }]

const denyAll = networkPolicy('deny-all', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })
const allow = networkPolicy('allow', { podSelector: {}, ingress: [{ from }] })
const halfOpen = networkPolicy('half', { podSelector: {}, ingress: [{ from }], policyTypes: ['Ingress', 'Egress'] })
const set = put('projectcalico.org/v3', 'NetworkSet', 'partners', { nets: ['192.0.2.0/24'] })
const uses = put('projectcalico.org/v3', 'NetworkPolicy', 'default.out', {
  selector: 'all()',
  types: ['Egress'],
  egress: [{ action: 'Allow', destination: { selector: 'partner == "yes"' } }],
})
const denies = put('projectcalico.org/v3', 'NetworkPolicy', 'default.stop', {
  selector: 'all()',
  types: ['Ingress'],
  ingress: [{ action: 'Deny', source: { selector: 'x == "1"' } }],
})
const mtls = put('security.istio.io/v1', 'PeerAuthentication', 'default', { mtls: { mode: 'STRICT' } })
const meshAllow = put('security.istio.io/v1', 'AuthorizationPolicy', 'web', { action: 'ALLOW', rules: [{}] })
const unreadable = networkPolicy('odd', { podSelector: 'x' })

const named = (changes: readonly PolicyChange[]) =>
  orderOfChanges(changes).map((i) => {
    const change = changes[i]
    if (!change) return ''
    return change.change === 'put' ? (change.object.metadata as { name: string }).name : `-${change.ref.name}`
  })

describe('the order of a plan', () => {
  it.each([
    ['allows before isolation', [denyAll, allow], ['allow', 'deny-all']],
    ['what closes one direction after what only opens', [halfOpen, allow], ['allow', 'half']],
    ['references before who uses them', [uses, set], ['partners', 'default.out']],
    ['denies after allows', [denies, uses], ['default.out', 'default.stop']],
    ['mutual TLS after who it lets in', [mtls, meshAllow], ['web', 'default']],
    ['what cannot be read late', [unreadable, allow], ['allow', 'odd']],
    [
      'creations before deletions, and references deleted last',
      [gone('projectcalico.org', 'NetworkSet', 'old'), gone('networking.k8s.io', 'NetworkPolicy', 'np'), denyAll],
      ['deny-all', '-np', '-old'],
    ],
    [
      'a Server deleted before the policies that open it',
      [gone('policy.linkerd.io', 'AuthorizationPolicy', 'ap'), gone('policy.linkerd.io', 'Server', 'server')],
      ['-server', '-ap'],
    ],
  ])('has %s', (_, changes, expected) => expect(named(changes)).toEqual(expected))

  it('keeps the order of equal ones, and loses and doubles none', () => {
    const changes = [denyAll, allow, set, uses, denies, mtls, gone('networking.k8s.io', 'NetworkPolicy', 'x')]
    expect(orderOfChanges(changes).toSorted()).toEqual(changes.map((_, i) => i))
    expect(named([networkPolicy('b', { podSelector: {}, ingress: [{ from }] }), allow])).toEqual(['b', 'allow'])
  })
})
