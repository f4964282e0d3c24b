import { describe, expect, test } from 'vitest'
import { kindOf, parseObject } from '../kinds'
import type { ModelObject } from '../model'
import { calico } from './test-calico'

/** `path reason` of each problem; [] where it is accepted. */
function problems(object: ModelObject): readonly string[] {
  const kind = kindOf(object)
  if (!kind) return ['of no kind']
  const parsed = parseObject(kind, object)
  return 'problems' in parsed ? parsed.problems.map(({ path, reason }) => `${path} ${reason}`) : []
}

const policy = (spec: ModelObject) => problems(calico('NetworkPolicy', 'shop/np', spec))
const global = (spec: ModelObject) => problems(calico('GlobalNetworkPolicy', 'gnp', spec))
const ingress = (rule: ModelObject) => policy({ ingress: [{ action: 'Allow', ...rule }] })
const egress = (rule: ModelObject) => policy({ egress: [{ action: 'Allow', ...rule }] })

describe('what Calico refuses', () => {
  test.each<[string, readonly string[], string]>([
    ['a bad selector', policy({ selector: "app = 'web'" }), 'spec.selector at character 5: expected =='],
    ['one in a rule', ingress({ source: { notSelector: 'a' } }), 'spec.ingress[0].source.notSelector at character 2'],
    [
      'one of namespaces',
      ingress({ source: { namespaceSelector: '!' } }),
      'spec.ingress[0].source.namespaceSelector at character 2',
    ],
    [
      'one of accounts',
      ingress({ source: { serviceAccounts: { selector: ')' } } }),
      'spec.ingress[0].source.serviceAccounts.selector at character 1',
    ],
    [
      'a long selector',
      policy({ selector: `has(${'a'.repeat(400)}) || has(${'b'.repeat(400)}) || has(${'c'.repeat(400)})` }),
      'spec.selector must not be longer',
    ],
    ['global() of a policy', policy({ selector: 'global()' }), 'spec.selector must not have global()'],
    [
      'global() of its namespaces',
      global({ namespaceSelector: 'global()' }),
      'spec.namespaceSelector must not have global()',
    ],
    [
      'global() beside another',
      ingress({ source: { namespaceSelector: 'global() || has(a)' } }),
      'spec.ingress[0].source.namespaceSelector must have nothing',
    ],
    [
      'global() in a selector',
      ingress({ source: { selector: 'global()' } }),
      'spec.ingress[0].source.selector must not have global()',
    ],
    ['no action', policy({ ingress: [{}] }), 'spec.ingress[0].action is required'],
    ['another action', ingress({ action: 'allow' }), 'spec.ingress[0].action must be'],
    ['a type twice', policy({ types: ['Ingress', 'Ingress'] }), 'spec.types must not name'],
    ['another type', policy({ types: ['ingress'] }), 'spec.types[0] must be'],
    [
      'ports without protocol',
      ingress({ destination: { ports: [80] } }),
      'spec.ingress[0].destination must not have ports',
    ],
    [
      'ports of ICMP',
      ingress({ protocol: 'ICMP', source: { notPorts: [80] } }),
      'spec.ingress[0].source must not have ports',
    ],
    [
      'a range that is turned',
      ingress({ protocol: 'TCP', destination: { ports: ['90:80'] } }),
      'spec.ingress[0].destination.ports[0] must not begin',
    ],
    [
      'a port too high',
      ingress({ protocol: 'TCP', destination: { ports: [65_536] } }),
      'spec.ingress[0].destination.ports[0] must be between',
    ],
    [
      'no port name',
      ingress({ protocol: 'TCP', destination: { ports: ['a b'] } }),
      'spec.ingress[0].destination.ports[0] "a b" is no',
    ],
    [
      'too many ports',
      ingress({ protocol: 'TCP', destination: { ports: Array(51).fill(1) } }),
      'spec.ingress[0].destination.ports must not have more',
    ],
    ['another protocol', ingress({ protocol: 'tcp' }), 'spec.ingress[0].protocol must be TCP'],
    ['protocol 0', ingress({ protocol: 0 }), 'spec.ingress[0].protocol must be between'],
    ['ICMP of TCP', ingress({ protocol: 'TCP', icmp: { type: 8 } }), 'spec.ingress[0].icmp must not be given'],
    [
      'a code without type',
      ingress({ protocol: 'ICMP', icmp: { code: 0 } }),
      'spec.ingress[0].icmp.code must not be given',
    ],
    [
      'a type too high',
      ingress({ protocol: 'ICMP', icmp: { type: 255 } }),
      'spec.ingress[0].icmp.type must be between',
    ],
    ['another IP version', ingress({ ipVersion: 5 }), 'spec.ingress[0].ipVersion must be 4 or 6'],
    ['ICMP of IPv6', ingress({ ipVersion: 6, protocol: 'ICMP' }), 'spec.ingress[0].ipVersion must be 4'],
    ['ICMPv6 of IPv4', ingress({ ipVersion: 4, notProtocol: 58 }), 'spec.ingress[0].ipVersion must be 6'],
    ['no range', ingress({ source: { nets: ['10.0.0.0/33'] } }), 'spec.ingress[0].source.nets[0] "10.0.0.0/33" is no'],
    [
      'ranges of both families',
      ingress({ source: { nets: ['10.0.0.0/8'] }, destination: { notNets: ['fd00::/8'] } }),
      'spec.ingress[0] must not name',
    ],
    [
      'ranges of the other family',
      ingress({ ipVersion: 6, source: { nets: ['10.0.0.0/8'] } }),
      'spec.ingress[0].ipVersion must be that',
    ],
    ['HTTP of a denial', ingress({ action: 'Deny', http: {} }), 'spec.ingress[0].http is for rules that allow'],
    ['HTTP of egress', egress({ http: {} }), 'spec.egress[0].http is for ingress'],
    ['HTTP of UDP', ingress({ protocol: 'UDP', http: {} }), 'spec.ingress[0].http must not be given'],
    ['a method twice', ingress({ http: { methods: ['GET', 'GET'] } }), 'spec.ingress[0].http.methods must not'],
    [
      'two ways of a path',
      ingress({ http: { paths: [{ exact: '/a', prefix: '/a' }] } }),
      'spec.ingress[0].http.paths[0] must have either',
    ],
    ['no way of a path', ingress({ http: { paths: [{}] } }), 'spec.ingress[0].http.paths[0] must have either'],
    [
      'a path with a query',
      ingress({ http: { paths: [{ exact: '/a?b' }] } }),
      'spec.ingress[0].http.paths[0] "/a?b" is no',
    ],
    ['a path without slash', ingress({ http: { paths: [{ exact: 'a' }] } }), 'spec.ingress[0].http.paths[0] "a" is no'],
    [
      'a Service and a selector',
      egress({ destination: { services: { name: 'a' }, selector: 'all()' } }),
      'spec.egress[0].destination.selector must not',
    ],
    [
      'a Service and ranges',
      egress({ destination: { services: { name: 'a' }, notNets: ['10.0.0.0/8'] } }),
      'spec.egress[0].destination.notNets must not',
    ],
    [
      'a Service and accounts',
      egress({ destination: { services: { name: 'a' }, serviceAccounts: {} } }),
      'spec.egress[0].destination.serviceAccounts must not',
    ],
    [
      'a Service and ports',
      egress({ protocol: 'TCP', destination: { services: { name: 'a' }, ports: [1] } }),
      'spec.egress[0].destination.ports must not',
    ],
    [
      'a Service without name',
      egress({ destination: { services: {} } }),
      'spec.egress[0].destination.services.name is required',
    ],
    [
      'a Service as the source of egress',
      egress({ source: { services: { name: 'a' } } }),
      'spec.egress[0].source.services is not for',
    ],
    [
      'a Service as the destination of ingress',
      ingress({ destination: { services: { name: 'a' } } }),
      'spec.ingress[0].destination.services is not for',
    ],
    [
      'a global Service without namespace',
      global({ egress: [{ action: 'Allow', destination: { services: { name: 'a' } } }] }),
      'spec.egress[0].destination.services.namespace is required',
    ],
    [
      'preDNAT with doNotTrack',
      global({ preDNAT: true, doNotTrack: true, applyOnForward: true }),
      'spec.preDNAT must not be given together',
    ],
    ['preDNAT by itself', global({ preDNAT: true }), 'spec.applyOnForward must be true'],
    [
      'preDNAT of egress',
      global({ preDNAT: true, applyOnForward: true, types: ['Egress'] }),
      'spec.preDNAT must not be given with egress',
    ],
    ['another hint', policy({ performanceHints: ['Fast'] }), 'spec.performanceHints[0] must be'],
    ['an order that is none', policy({ order: '10' }), 'spec.order must be a number'],
    ['an order of the default tier', problems(calico('Tier', 'default', { order: 5 })), 'spec.order must be 1000000'],
    [
      'an action of a tier of the system',
      problems(calico('Tier', 'kube-admin', { order: 1_000, defaultAction: 'Deny' })),
      'spec.defaultAction must be Pass',
    ],
    ['a tier with a dot', problems(calico('Tier', 'a.b', {})), 'metadata.name must be'],
    [
      'another default action',
      problems(calico('Tier', 'a', { defaultAction: 'Allow' })),
      'spec.defaultAction must be Deny or Pass',
    ],
    ['no range of a set', problems(calico('GlobalNetworkSet', 'a', { nets: ['x'] })), 'spec.nets[0] "x" is no'],
    [
      'a set that claims a namespace',
      problems(calico('NetworkSet', 'shop/a', {}, { 'projectcalico.org/namespace': 'x' })),
      'metadata.labels must not',
    ],
    [
      'a deletion that says more',
      problems(calico('StagedNetworkPolicy', 'shop/a', { stagedAction: 'Delete', order: 1 })),
      'spec.order must not be given',
    ],
    [
      'a deletion of Kubernetes that says more',
      problems(calico('StagedKubernetesNetworkPolicy', 'shop/a', { stagedAction: 'Delete', podSelector: {} })),
      'spec.podSelector must not be given',
    ],
    [
      'another staged action',
      problems(calico('StagedGlobalNetworkPolicy', 'a', { stagedAction: 'Drop' })),
      'spec.stagedAction must be',
    ],
    [
      'what Kubernetes would refuse',
      problems(
        calico('StagedKubernetesNetworkPolicy', 'shop/a', { podSelector: {}, ingress: [{ ports: [{ port: 0 }] }] }),
      ),
      'spec.ingress[0].ports[0].port must be',
    ],
    [
      'another version',
      problems({ ...calico('Tier', 'a', {}), apiVersion: 'projectcalico.org/v2' }),
      'apiVersion must be projectcalico.org/v3',
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
  })

  test('what it accepts', () => {
    expect(policy({})).toEqual([])
    expect(ingress({ source: { namespaceSelector: ' global( ) ' } })).toEqual([])
    expect(ingress({ protocol: 'TCP', http: { methods: ['GET'] }, metadata: { annotations: { a: 'b' } } })).toEqual([])
    expect(problems(calico('Tier', 'a', { order: 2.5, defaultAction: 'Pass' }))).toEqual([])
    expect(problems(calico('Tier', 'baselineadminnetworkpolicy', { order: 10_000_000 }))).toEqual([])
    expect(problems(calico('StagedGlobalNetworkPolicy', 'a', { stagedAction: 'Learn', selector: 'all()' }))).toEqual([])
  })
})
