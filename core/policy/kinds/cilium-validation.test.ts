import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { cilium, forDb, fromWeb, refused } from './test-cilium'

const port = (parts: ModelObject, entry: ModelObject = {}): ModelObject => ({
  toPorts: [{ ports: [parts], ...entry }],
})
const tcp = { port: '80', protocol: 'TCP' }
const http = { rules: { http: [{}] } }
const rule = 'spec.ingress[0]'

describe('entries of ingress that Cilium refuses', () => {
  test.each<[ModelObject, string]>([
    [{ fromEndpoints: [{}], fromCIDR: ['10.0.0.0/8'] }, rule],
    [{ fromEntities: ['all'], fromCIDRSet: [{ cidr: '10.0.0.0/8' }] }, rule],
    [{ fromEndpoints: [{ matchLabels: { 'a b': 'x' } }] }, `${rule}.fromEndpoints[0].matchLabels.a b`],
    [{ fromEndpoints: [{ matchLabels: { a: '-' } }] }, `${rule}.fromEndpoints[0].matchLabels.a`],
    [
      { fromEndpoints: [{ matchExpressions: [{ key: 'a', operator: 'In' }] }] },
      `${rule}.fromEndpoints[0].matchExpressions[0].values`,
    ],
    [
      { fromEndpoints: [{ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] }] },
      `${rule}.fromEndpoints[0].matchExpressions[0].operator`,
    ],
    [{ fromEntities: ['everybody'] }, `${rule}.fromEntities[0]`],
    [{ fromCIDR: ['10.0.0.0/33'] }, `${rule}.fromCIDR[0]`],
    [{ fromCIDRSet: [{ cidr: '10.0.0.1' }] }, `${rule}.fromCIDRSet[0].cidr`],
    [{ fromCIDRSet: [{ cidr: '10.0.0.0/8', except: ['192.0.2.0/24'] }] }, `${rule}.fromCIDRSet[0].except[0]`],
    [{ fromCIDRSet: [{ cidr: '10.0.0.0/8', cidrGroupRef: 'a' }] }, `${rule}.fromCIDRSet[0]`],
    [{ fromCIDRSet: [{}] }, `${rule}.fromCIDRSet[0]`],
    [port({ port: 80 }), `${rule}.toPorts[0].ports[0].port`],
    [port({}), `${rule}.toPorts[0].ports[0].port`],
    [port({ port: '65536' }), `${rule}.toPorts[0].ports[0].port`],
    [port({ port: 'a_b' }), `${rule}.toPorts[0].ports[0].port`],
    [port({ port: '80', protocol: 'tcp' }), `${rule}.toPorts[0].ports[0].protocol`],
    [port({ port: '80', endPort: 70_000 }), `${rule}.toPorts[0].ports[0].endPort`],
    [{ toPorts: [{ ports: Array.from({ length: 41 }, () => tcp) }] }, `${rule}.toPorts[0].ports`],
    [port({ port: '80' }, http), `${rule}.toPorts[0].rules`],
    [port({ port: '0', protocol: 'TCP' }, http), `${rule}.toPorts[0].rules`],
    [port(tcp, { rules: { http: [{}], kafka: [{}] } }), `${rule}.toPorts[0].rules`],
    [port(tcp, { rules: { http: [{ path: '[' }] } }), `${rule}.toPorts[0].rules.http[0].path`],
    [
      port(tcp, { rules: { http: [{ headerMatches: [{ value: 'a' }] }] } }),
      `${rule}.toPorts[0].rules.http[0].headerMatches[0].name`,
    ],
    [port(tcp, { rules: { l7: [{}] } }), `${rule}.toPorts[0].rules.l7`],
    [port(tcp, { rules: { dns: [{ matchPattern: '*' }] } }), `${rule}.toPorts[0].rules.dns`],
    [port(tcp, { ...http, serverNames: ['a'] }), `${rule}.toPorts[0].serverNames`],
    [port(tcp, { serverNames: [''] }), `${rule}.toPorts[0].serverNames[0]`],
    [port(tcp, { listener: { name: 'a' } }), `${rule}.toPorts[0].listener`],
    [{ ...port(tcp), icmps: [{ fields: [{ type: 8 }] }] }, `${rule}.icmps`],
    [{ icmps: [{ fields: [{ type: 256 }] }] }, `${rule}.icmps[0].fields[0].type`],
    [{ icmps: [{ fields: [{ type: 'PacketTooBig' }] }] }, `${rule}.icmps[0].fields[0].type`],
    [{ icmps: [{ fields: [{ type: 8, family: 'IPv5' }] }] }, `${rule}.icmps[0].fields[0].family`],
    [{ icmps: [{ fields: Array.from({ length: 41 }, () => ({ type: 8 })) }] }, `${rule}.icmps[0].fields`],
    [{ authentication: { mode: 'maybe' } }, `${rule}.authentication.mode`],
    [{ authentication: {} }, `${rule}.authentication.mode`],
  ])('%j: %s', (entry, path) => {
    expect(refused(forDb(entry))).toEqual([path])
  })
})

describe('entries of egress that Cilium refuses', () => {
  test.each<[ModelObject, string]>([
    [{ toEndpoints: [{}], toFQDNs: [{ matchName: 'a' }] }, 'spec.egress[0]'],
    [{ toFQDNs: [{ matchName: 'a b' }] }, 'spec.egress[0].toFQDNs[0].matchName'],
    [{ toFQDNs: [{ matchName: '*.a' }] }, 'spec.egress[0].toFQDNs[0].matchName'],
    [{ toFQDNs: [{ matchPattern: 'a+' }] }, 'spec.egress[0].toFQDNs[0].matchPattern'],
    [{ toFQDNs: [{ matchName: 'a', matchPattern: 'a' }] }, 'spec.egress[0].toFQDNs[0]'],
    [{ toServices: [{}] }, 'spec.egress[0].toServices[0]'],
    [{ toServices: [{ k8sServiceSelector: {} }] }, 'spec.egress[0].toServices[0].k8sServiceSelector.selector'],
    [{ toPorts: [{ rules: { dns: [{ matchPattern: '*' }] } }] }, 'spec.egress[0].toPorts[0].rules.dns'],
    [
      port({ port: '53', endPort: 54 }, { rules: { dns: [{ matchPattern: '*' }] } }),
      'spec.egress[0].toPorts[0].rules.dns',
    ],
    [port(tcp, { ...http, listener: { name: 'a' } }), 'spec.egress[0].toPorts[0].listener'],
  ])('%j: %s', (entry, path) => {
    expect(refused(fromWeb(entry))).toEqual([path])
  })
})

describe('denials that Cilium refuses', () => {
  test.each<[ModelObject, string]>([
    [{ toFQDNs: [{ matchName: 'a' }] }, 'toFQDNs'],
    [{ authentication: { mode: 'required' } }, 'authentication'],
    [port(tcp, http), 'toPorts[0].rules'],
    [port(tcp, { serverNames: ['a'] }), 'toPorts[0].serverNames'],
  ])('%j: %s', (entry, path) => {
    const policy = cilium('shop/a', { endpointSelector: {}, egressDeny: [entry] })
    expect(refused(policy)).toEqual([`spec.egressDeny[0].${path}`])
  })
})

describe('specs that Cilium refuses', () => {
  const ingress = [{}]
  test.each<[string, ModelObject, string]>([
    ['shop/a', { ingress }, 'spec'],
    ['a', { endpointSelector: {}, nodeSelector: {}, ingress }, 'spec'],
    ['shop/a', { nodeSelector: {}, ingress }, 'spec.nodeSelector'],
    ['shop/a', { endpointSelector: {} }, 'spec'],
    ['shop/a', { endpointSelector: {}, ingress: {} }, 'spec.ingress'],
    [
      'shop/a',
      { endpointSelector: {}, ingress, enableDefaultDeny: { ingress: 'no' } },
      'spec.enableDefaultDeny.ingress',
    ],
    ['a', { nodeSelector: {}, ingress: [port(tcp, http)] }, 'spec.ingress[0].toPorts[0].rules'],
  ])('%s %j: %s', (name, spec, path) => {
    expect(refused(cilium(name, spec))).toEqual([path])
  })

  test('a policy without spec and specs', () => {
    expect(refused({ ...cilium('shop/a', {}), spec: undefined })).toEqual(['spec'])
    expect(refused({ ...cilium('shop/a', {}), spec: undefined, specs: [{ endpointSelector: {} }] })).toEqual([
      'specs[0]',
    ])
  })
})

test('what Cilium accepts is not refused', () => {
  const entries: readonly ModelObject[] = [
    {},
    { fromEndpoints: [], fromEntities: ['world'] },
    { fromRequires: [{}], fromEndpoints: [{}] },
    port(tcp, { rules: {} }),
    port({ port: '80' }, { rules: { http: null } }),
    port({ port: '0' }),
    port(tcp, { ...http, serverNames: ['a'], terminatingTLS: {} }),
    { icmps: [{ fields: [{ type: 'EchoRequest' }, { type: '8' }, { type: 'PacketTooBig', family: 'IPv6' }] }] },
  ]
  for (const entry of entries) expect(refused(forDb(entry))).toEqual([])
  const dns = port({ port: '53' }, { rules: { dns: [{ matchPattern: '*' }] } })
  expect(refused(cilium('a', { nodeSelector: {}, egress: [dns] }))).toEqual([])
  expect(
    refused(cilium('shop/a', { endpointSelector: {}, ingress: [], labels: [], log: {}, description: 'x' })),
  ).toEqual([])
})
