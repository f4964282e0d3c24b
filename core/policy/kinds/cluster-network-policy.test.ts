import { expect, test } from 'vitest'
import type { PolicyKind } from '../kind'
import type { ModelObject } from '../model'
import { adminNetworkPolicy, baselineAdminNetworkPolicy } from './admin-network-policy'
import { clusterNetworkPolicy } from './cluster-network-policy'

const spec = { tier: 'Admin', priority: 1, subject: { namespaces: {} } }
const object = (parts: ModelObject): ModelObject => ({ metadata: { name: 'a' }, spec: { ...spec, ...parts } })
const paths = (kind: PolicyKind, written: ModelObject) => {
  const parsed = kind.parse(written)
  return 'problems' in parsed ? parsed.problems.map(({ path }) => path) : []
}
const from = [{ namespaces: {} }]
const tcp = (destinationPort: unknown) => ({
  ingress: [{ action: 'Deny', from, protocols: [{ tcp: { destinationPort } }] }],
})
const rule = (parts: ModelObject) => ({ egress: [{ action: 'Accept', to: [{ networks: ['10.0.0.0/8'] }], ...parts }] })

test.each([
  [{}, []],
  [{ tier: undefined }, ['spec.tier']],
  [{ tier: 'Default' }, ['spec.tier']],
  [{ priority: undefined }, ['spec.priority']],
  [{ priority: 1001 }, ['spec.priority']],
  [{ priority: 1.5 }, ['spec.priority']],
  [{ subject: {} }, ['spec.subject']],
  [{ subject: { namespaces: {}, pods: { podSelector: {} } } }, ['spec.subject']],
  [{ subject: { pods: { namespaceSelector: {} } } }, ['spec.subject.pods.podSelector']],
  [{ ingress: [{ action: 'Accept', from: [] }] }, ['spec.ingress[0].from']],
  [{ ingress: [{ action: 'Allow', from }] }, ['spec.ingress[0].action']],
  [{ ingress: [{ from }] }, ['spec.ingress[0].action']],
  [{ ingress: [{ action: 'Deny', from: [{}] }] }, ['spec.ingress[0].from[0]']],
  [{ ingress: Array.from({ length: 26 }, () => ({ action: 'Deny', from })) }, ['spec.ingress']],
  [tcp({ number: 443 }), []],
  [tcp({ range: { start: 1, end: 2 } }), []],
  [tcp({ range: { start: 2, end: 2 } }), ['spec.ingress[0].protocols[0].tcp.destinationPort.range']],
  [tcp({ number: 65_536 }), ['spec.ingress[0].protocols[0].tcp.destinationPort.number']],
  [tcp({ number: 80, range: { start: 1, end: 2 } }), ['spec.ingress[0].protocols[0].tcp.destinationPort']],
  [rule({}), []],
  [rule({ to: [{ networks: ['10.0.0.1'] }] }), ['spec.egress[0].to[0].networks[0]']],
  [rule({ protocols: [{ destinationNamedPort: 'http' }] }), ['spec.egress[0].protocols']],
  [rule({ to: [{ domainNames: ['*.example.com'] }] }), []],
  [rule({ to: [{ domainNames: ['a*.example.com'] }] }), ['spec.egress[0].to[0].domainNames[0]']],
  [rule({ action: 'Deny', to: [{ domainNames: ['example.com'] }] }), ['spec.egress[0].to[0].domainNames']],
])('ClusterNetworkPolicy %j', (parts, expected) => {
  expect(paths(clusterNetworkPolicy, object(parts))).toEqual(expected)
})

test('an AdminNetworkPolicy has its own words for actions and ports', () => {
  const ports = [{ portNumber: { protocol: 'UDP', port: 53 } }, { namedPort: 'http' }]
  expect(paths(adminNetworkPolicy, object({ ingress: [{ action: 'Allow', from, ports }] }))).toEqual([])
  expect(paths(adminNetworkPolicy, object({ ingress: [{ action: 'Accept', from }] }))).toEqual([
    'spec.ingress[0].action',
  ])
  expect(paths(adminNetworkPolicy, object({ ingress: [{ action: 'Deny', from, ports: [{}] }] }))).toEqual([
    'spec.ingress[0].ports[0]',
  ])
})

test('the baseline is one, named default, and passes nothing on', () => {
  const named = (name: string, action: string) => ({
    metadata: { name },
    spec: { ...spec, ingress: [{ action, from }] },
  })
  expect(paths(baselineAdminNetworkPolicy, named('default', 'Deny'))).toEqual([])
  expect(paths(baselineAdminNetworkPolicy, named('other', 'Deny'))).toEqual(['metadata.name'])
  expect(paths(baselineAdminNetworkPolicy, named('default', 'Pass'))).toEqual(['spec.ingress[0].action'])
})
