import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PolicyVerdict } from '../decision'
import type { ModelObject } from '../model'
import { type Asked, cilium, verdict } from './test-cilium'

const peers = fc.constantFrom<ModelObject>(
  {},
  { fromEndpoints: [] },
  { fromEndpoints: [{}] },
  { fromEndpoints: [{ matchLabels: { app: 'web' } }] },
  { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'batch' } }] },
  {
    fromEndpoints: [
      { matchExpressions: [{ key: 'io.kubernetes.pod.namespace', operator: 'NotIn', values: ['shop'] }] },
    ],
  },
  { fromEntities: ['world'] },
  { fromEntities: ['cluster'] },
  { fromEntities: ['ingress'] },
  { fromCIDR: ['192.0.2.0/24', '10.0.0.0/8'] },
)
const ports = fc.constantFrom<ModelObject>(
  {},
  { toPorts: [] },
  { toPorts: [{ ports: [{ port: '80' }] }] },
  { toPorts: [{ ports: [{ port: '0', protocol: 'TCP' }] }] },
  { toPorts: [{ ports: [{ port: '79', endPort: 80, protocol: 'UDP' }] }] },
  { icmps: [{ fields: [{ type: 8 }] }] },
)
const requests = fc.constantFrom<ModelObject>(
  { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] },
  { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ path: '/a+' }] } }] },
)
const denials = fc.tuple(peers, ports).map(([peer, port]): ModelObject => ({ ...peer, ...port }))
const allows = fc.oneof(
  denials,
  fc.tuple(peers, requests).map(([peer, port]): ModelObject => ({ ...peer, ...port })),
)
const flows = fc.record<Asked>({
  from: fc.constantFrom('web', 'job', 'agent', 'world', 'world6', 'n2'),
  protocol: fc.constantFrom('TCP', 'UDP', 'ICMP'),
  port: fc.constantFrom(80, 81),
  request: fc.constantFrom({ method: 'GET', path: '/a' }, { method: 'PUT', path: '/b' }, null),
})

const rank: Readonly<Record<PolicyVerdict, number>> = { denied: 0, undefined: 1, allowed: 2 }
const policy = (ingress: readonly ModelObject[], ingressDeny: readonly ModelObject[]) =>
  cilium('shop/a', { endpointSelector: {}, ingress: [{}, ...ingress], ingressDeny })
const lists = [fc.array(allows, { maxLength: 3 }), fc.array(denials, { maxLength: 2 })] as const

test('an allow more never denies, and a denial more never allows', () => {
  fc.assert(
    fc.property(...lists, allows, denials, flows, (allowed, denied, allow, denial, flow) => {
      const before = rank[verdict([policy(allowed, denied)], flow)]
      expect(rank[verdict([policy([...allowed, allow], denied)], flow)]).toBeGreaterThanOrEqual(before)
      expect(rank[verdict([policy(allowed, [...denied, denial])], flow)]).toBeLessThanOrEqual(before)
    }),
    { numRuns: 100 },
  )
})

test('neither the order of entries counts nor which policy they are in', () => {
  fc.assert(
    fc.property(...lists, flows, (allowed, denied, flow) => {
      const once = verdict([policy(allowed, denied)], flow)
      expect(verdict([policy(allowed.toReversed(), denied.toReversed())], flow)).toBe(once)
      const apart = [
        ...allowed.map((entry, i) => ({ ...policy([entry], []), metadata: { namespace: 'shop', name: `a${i}` } })),
        ...denied.map((entry, i) => ({ ...policy([], [entry]), metadata: { namespace: 'shop', name: `0${i}` } })),
        policy([], []),
      ]
      expect(verdict(apart, flow)).toBe(once)
    }),
    { numRuns: 100 },
  )
})

test('what a denial is about is denied, and what it is not about is as without it', () => {
  fc.assert(
    fc.property(lists[0], denials, flows, (allowed, denial, flow) => {
      const alone = verdict([policy([{ fromEntities: ['all'] }], [denial])], flow)
      const both = verdict([policy(allowed, [denial])], flow)
      if (alone === 'denied') expect(both).toBe('denied')
      if (alone === 'allowed') expect(both).toBe(verdict([policy(allowed, [])], flow))
    }),
    { numRuns: 100 },
  )
})
