import { describe, expect, test } from 'vitest'
import type { ModelObject } from '../model'
import { allow, type Asked, calico, forDb, node, outside, verdict } from './test-calico'

const rule = (parts: ModelObject): ModelObject => ({ action: 'Allow', ...parts })
/** A global policy for db, ingress. */
const global = (...ingress: readonly ModelObject[]) =>
  calico('GlobalNetworkPolicy', 'gnp', { selector: "app == 'db'", ingress })
/** What web may send, in namespace shop. */
const fromWeb = (...egress: readonly ModelObject[]) =>
  calico('NetworkPolicy', 'shop/out', { selector: "app == 'web'", egress })
const to = (destination: ModelObject) => fromWeb(rule({ destination }))

describe('whom a rule of a namespaced policy is about', () => {
  test.each<[ModelObject, Asked, string]>([
    [{}, { from: outside('192.0.2.1') }, 'allowed'],
    [{ selector: "app == 'web'" }, {}, 'allowed'],
    [{ selector: "app == 'job'" }, { from: 'job' }, 'denied'],
    [{ selector: 'all()' }, {}, 'allowed'],
    [{ selector: 'all()' }, { from: 'job' }, 'denied'],
    [{ selector: 'all()' }, { from: outside('192.0.2.1') }, 'denied'],
    [{ selector: '!has(missing)' }, { from: outside('192.0.2.1') }, 'denied'],
    [{ namespaceSelector: "team == 'data'" }, { from: 'job' }, 'allowed'],
    [{ namespaceSelector: "team == 'data'" }, {}, 'denied'],
    [{ namespaceSelector: 'all()' }, { from: 'job' }, 'allowed'],
    [{ namespaceSelector: 'all()' }, { from: outside('192.0.2.1') }, 'denied'],
    [{ namespaceSelector: "team == 'data'", selector: "app == 'web'" }, { from: 'job' }, 'denied'],
    [{ namespaceSelector: "projectcalico.org/name in {'batch'} || team == 'sales'" }, { from: 'job' }, 'allowed'],
    [
      { namespaceSelector: "has(team) && projectcalico.org/name contains 'atc'", selector: 'has(app)' },
      { from: 'job' },
      'allowed',
    ],
    [{ namespaceSelector: "has(team) && projectcalico.org/name contains 'atc'", selector: 'has(app)' }, {}, 'denied'],
    [{ namespaceSelector: '!has(team)', selector: 'all()' }, { from: 'job' }, 'denied'],
    [{ serviceAccounts: { names: ['web'] } }, {}, 'allowed'],
    [{ serviceAccounts: { names: ['robot'] } }, { from: 'job' }, 'denied'],
    [{ serviceAccounts: { names: ['robot'] }, namespaceSelector: 'all()' }, { from: 'job' }, 'allowed'],
    [{ serviceAccounts: { selector: "role == 'worker'" }, namespaceSelector: 'all()' }, { from: 'job' }, 'allowed'],
    [{ serviceAccounts: { selector: "role == 'worker'" }, namespaceSelector: 'all()' }, {}, 'denied'],
    [{ serviceAccounts: { names: ['web'], selector: "role == 'worker'" } }, {}, 'denied'],
    [{ selector: "projectcalico.org/serviceaccount == 'web'" }, {}, 'allowed'],
    [{ selector: "projectcalico.org/orchestrator == 'k8s'" }, {}, 'allowed'],
    [{ notSelector: "app == 'web'" }, {}, 'denied'],
    [{ notSelector: "app == 'job'" }, {}, 'allowed'],
    [{ notSelector: "app == 'web'" }, { from: 'job' }, 'denied'],
    [{ notSelector: "app == 'web'" }, { from: outside('192.0.2.1') }, 'denied'],
    [{ selector: 'has(app)' }, { from: 'agent' }, 'denied'],
    [{ nets: ['10.9.0.0/24'] }, { from: 'agent' }, 'allowed'],
    [{ nets: ['10.0.0.1/32'] }, {}, 'allowed'],
    [{ nets: ['10.0.0.1'] }, {}, 'allowed'],
    [{ nets: ['192.0.2.0/24'], notNets: ['192.0.2.8/29'] }, { from: outside('192.0.2.1') }, 'allowed'],
    [{ nets: ['192.0.2.0/24'], notNets: ['192.0.2.8/29'] }, { from: outside('192.0.2.9') }, 'denied'],
    [{ notNets: ['10.0.0.0/8'] }, {}, 'denied'],
    [{ notNets: ['10.0.0.0/8'] }, { from: outside('2001:db8::1') }, 'allowed'],
    [{ nets: ['10.0.0.0/8'], selector: "app == 'job'" }, {}, 'denied'],
    [{ nets: [], selector: '' }, {}, 'allowed'],
    [{ nets: ['10.9.0.0/24'] }, { from: node }, 'allowed'],
    [{ services: { name: 'db' } }, {}, 'denied'],
    [{ services: { name: 'legacy' } }, { from: outside('192.0.2.9') }, 'allowed'],
    [{ services: { name: 'unheard' } }, {}, 'undefined'],
    [{ domains: ['api.example.com'] }, {}, 'undefined'],
    [{ clusters: ['west'] }, {}, 'denied'],
  ])('source %j of %j is %s', (source, asked, expected) => {
    expect(verdict([forDb(allow(source))], asked)).toBe(expected)
  })
})

describe('whom a rule of a global policy is about', () => {
  test.each<[ModelObject, Asked, string]>([
    [{ selector: "app == 'job'" }, { from: 'job' }, 'allowed'],
    [{ selector: 'all()' }, { from: outside('192.0.2.1') }, 'denied'],
    [{ notSelector: 'all()' }, { from: outside('192.0.2.1') }, 'allowed'],
    [{ notSelector: 'has(app)' }, { from: node }, 'allowed'],
    [{ notSelector: 'has(app)' }, {}, 'denied'],
    [{ serviceAccounts: { names: ['robot'] } }, { from: 'job' }, 'allowed'],
    [{ serviceAccounts: { selector: "projectcalico.org/name == 'robot'" } }, { from: 'job' }, 'allowed'],
    [{ serviceAccounts: { selector: "projectcalico.org/name == 'robot'" } }, {}, 'denied'],
    [{ selector: "projectcalico.org/namespace != 'batch'" }, {}, 'allowed'],
    [{ selector: "projectcalico.org/namespace != 'batch'" }, { from: outside('192.0.2.1') }, 'denied'],
    [{ selector: "projectcalico.org/namespace != 'batch'" }, { from: 'agent' }, 'denied'],
  ])('source %j of %j is %s', (source, asked, expected) => {
    expect(verdict([global(allow(source))], asked)).toBe(expected)
  })

  test('a pod on the network of its node is none, whatever the profile', () => {
    expect(verdict([global(allow({ selector: 'has(app)' }))], { from: 'agent' }, { profile: 'generic' })).toBe('denied')
  })

  test('a denial whose peer is not known denies; one that is passed on is open', () => {
    const strange = { source: { clusters: [] } }
    expect(verdict([global({ action: 'Deny', ...strange }, allow())])).toBe('denied')
    expect(verdict([global({ action: 'Pass', ...strange }, allow())])).toBe('undefined')
    expect(verdict([global({ action: 'Deny', schedule: 'nightly' }, allow())])).toBe('undefined')
  })
})

describe('network sets', () => {
  const set = (name: string, nets: readonly string[], labels: Readonly<Record<string, string>>) =>
    calico(name.includes('/') ? 'NetworkSet' : 'GlobalNetworkSet', name, { nets }, labels)
  const partner = set('partner', ['192.0.2.0/24', '198.51.100.7'], { who: 'partner' })
  const shop = set('shop/office', ['192.0.2.0/24'], { who: 'office' })

  test.each<[string, readonly ModelObject[], ModelObject, Asked, string]>([
    ['a global one', [partner], { selector: "who == 'partner'" }, { from: outside('192.0.2.1') }, 'denied'],
    [
      'a global one',
      [partner],
      { selector: "who == 'partner'", namespaceSelector: 'global()' },
      { from: outside('192.0.2.1') },
      'allowed',
    ],
    [
      'one address of it',
      [partner],
      { selector: "who == 'partner'", namespaceSelector: 'global()' },
      { from: outside('198.51.100.7') },
      'allowed',
    ],
    [
      'not another',
      [partner],
      { selector: "who == 'partner'", namespaceSelector: 'global()' },
      { from: outside('198.51.100.8') },
      'denied',
    ],
    ['no pods by global()', [partner], { namespaceSelector: 'global()' }, {}, 'denied'],
    ['one of the namespace', [shop], { selector: 'has(who)' }, { from: outside('192.0.2.1') }, 'allowed'],
    [
      'by labels of its namespace',
      [shop],
      { selector: 'has(who)', namespaceSelector: "team == 'sales'" },
      { from: outside('192.0.2.1') },
      'allowed',
    ],
    [
      'of another namespace',
      [shop],
      { selector: 'has(who)', namespaceSelector: "team == 'data'" },
      { from: outside('192.0.2.1') },
      'denied',
    ],
    [
      'it holds a pod by its address',
      [set('shop/s', ['10.0.0.1/32'], { who: 'x' })],
      { selector: 'has(who)' },
      {},
      'allowed',
    ],
    [
      'it is not what notSelector says',
      [shop],
      { nets: ['0.0.0.0/0'], notSelector: 'has(who)' },
      { from: outside('192.0.2.1') },
      'denied',
    ],
    [
      'one that cannot be read',
      [set('shop/s', ['nowhere'], { who: 'x' })],
      { selector: 'has(who)' },
      { from: 'job' },
      'undefined',
    ],
  ])('%s', (_, sets, source, asked, expected) => {
    expect(verdict([...sets, forDb(allow(source))], asked)).toBe(expected)
  })

  test('domains of a set may be anybody outside', () => {
    const domains = calico('NetworkSet', 'shop/d', { allowedEgressDomains: ['example.com'] }, { who: 'x' })
    const rules = [domains, to({ selector: 'has(who)' })]
    expect(verdict(rules, { to: outside('192.0.2.1') })).toBe('undefined')
    expect(verdict(rules)).toBe('denied')
  })
})

describe('protocols and ports', () => {
  test.each<[ModelObject, Asked, string]>([
    [{ protocol: 'TCP' }, {}, 'allowed'],
    [{ protocol: 6 }, {}, 'allowed'],
    [{ protocol: 1 }, { protocol: 'ICMP', port: null }, 'allowed'],
    [{ protocol: 17 }, { protocol: 'UDP' }, 'allowed'],
    [{ protocol: '58' }, { protocol: 'ICMPv6', port: null }, 'allowed'],
    [{ protocol: 132 }, { protocol: 'SCTP' }, 'allowed'],
    [{ protocol: 136 }, { protocol: 'UDPLite' }, 'allowed'],
    [{ protocol: 'UDP' }, {}, 'denied'],
    [{ protocol: 'UDPLite' }, { protocol: 'UDPLite' }, 'allowed'],
    [{ notProtocol: 'TCP' }, {}, 'denied'],
    [{ notProtocol: 'UDP' }, {}, 'allowed'],
    [{ protocol: 47 }, { protocol: 'other', port: null }, 'undefined'],
    [{ protocol: 47 }, {}, 'denied'],
    [{ notProtocol: 47 }, { protocol: 'other', port: null }, 'undefined'],
    [{ notProtocol: 47 }, {}, 'allowed'],
    [{ protocol: 'TCP', destination: { ports: [80] } }, {}, 'allowed'],
    [{ protocol: 'TCP', destination: { ports: [80] } }, { port: 81 }, 'denied'],
    [{ protocol: 'TCP', destination: { ports: [80] } }, { protocol: 'UDP' }, 'denied'],
    [{ protocol: 'TCP', destination: { ports: ['79:81', 443] } }, {}, 'allowed'],
    [{ protocol: 'TCP', destination: { ports: ['79:81', 443] } }, { port: 443 }, 'allowed'],
    [{ protocol: 'TCP', destination: { ports: ['79:81', 443] } }, { port: 82 }, 'denied'],
    [{ protocol: 'TCP', destination: { ports: ['sql'] } }, { port: 5432 }, 'allowed'],
    [{ protocol: 'TCP', destination: { ports: ['sql'] } }, {}, 'denied'],
    [{ protocol: 'TCP', destination: { notPorts: ['sql'] } }, { port: 5432 }, 'denied'],
    [{ protocol: 'TCP', destination: { notPorts: ['1:79', '81:65535'] } }, {}, 'allowed'],
    [{ protocol: 'TCP', destination: { notPorts: [80] } }, {}, 'denied'],
    [{ protocol: 'TCP', source: { ports: ['1024:65535'] } }, { sourcePort: 2_000 }, 'allowed'],
    [{ protocol: 'TCP', source: { ports: ['1024:65535'] } }, { sourcePort: 22 }, 'denied'],
    [{ protocol: 'TCP', source: { notPorts: [22] } }, { sourcePort: 22 }, 'denied'],
    [{ protocol: 'TCP', source: { ports: [22] } }, {}, 'undefined'],
    [{ protocol: 'ICMP' }, { protocol: 'ICMP', port: null }, 'allowed'],
    [{ protocol: 'ICMP', icmp: { type: 8 } }, { protocol: 'ICMP', port: null }, 'undefined'],
    [{ protocol: 'ICMP', icmp: {} }, { protocol: 'ICMP', port: null }, 'allowed'],
    [{ protocol: 'ICMP', icmp: { type: 8 } }, {}, 'denied'],
    [{ protocol: 'ICMP', notICMP: { type: 8, code: 0 } }, { protocol: 'ICMP', port: null }, 'undefined'],
    [{ ipVersion: 4 }, {}, 'allowed'],
    [{ ipVersion: 6 }, {}, 'denied'],
    [{ ipVersion: 6 }, { from: outside('2001:db8::1') }, 'allowed'],
    [{ destination: { selector: "app == 'db'" } }, {}, 'allowed'],
    [{ destination: { selector: "app == 'other'" } }, {}, 'denied'],
    [{ destination: { nets: ['10.0.0.2/32'] } }, {}, 'allowed'],
    [{ destination: { nets: ['10.0.0.3/32'] } }, {}, 'denied'],
  ])('%j of %j is %s', (parts, asked, expected) => {
    expect(verdict([forDb(rule(parts))], asked)).toBe(expected)
  })
})

describe('egress', () => {
  test.each<[ModelObject, Asked, string]>([
    [{ selector: "app == 'db'" }, {}, 'allowed'],
    [{ selector: "app == 'db'" }, { to: 'job' }, 'denied'],
    [{ namespaceSelector: "team == 'data'" }, { to: 'job' }, 'allowed'],
    [{ services: { name: 'db' } }, { port: 5432 }, 'allowed'],
    [{ services: { name: 'db' } }, { port: 80 }, 'denied'],
    [{ services: { name: 'db', namespace: 'shop' } }, { to: 'job', port: 5432 }, 'denied'],
    [{ services: { name: 'legacy' } }, { to: outside('192.0.2.9'), port: 8080 }, 'allowed'],
    [{ services: { name: 'legacy' } }, { to: outside('192.0.2.9'), port: 80 }, 'denied'],
    [{ services: { name: 'legacy' } }, { port: 8080 }, 'denied'],
    [{ services: { name: 'unheard' } }, {}, 'undefined'],
  ])('to %j of %j is %s', (destination, asked, expected) => {
    expect(verdict([to(destination)], asked)).toBe(expected)
  })

  test('a Service is narrowed by the protocol of the rule', () => {
    const service = { destination: { services: { name: 'db' } } }
    expect(verdict([fromWeb(rule({ protocol: 'UDP', ...service }))], { port: 5432 })).toBe('denied')
    expect(verdict([fromWeb(rule({ protocol: 'TCP', ...service }))], { port: 5432 })).toBe('allowed')
  })

  test('its source is the pod itself', () => {
    expect(verdict([fromWeb(rule({ source: { selector: "tier == 'front'" } }))])).toBe('allowed')
    expect(verdict([fromWeb(rule({ source: { selector: "tier == 'back'" } }))])).toBe('denied')
  })
})

describe('HTTP', () => {
  const http = { methods: ['GET'], paths: [{ exact: '/a' }, { prefix: '/pub/' }] }
  test.each<[string, Asked['request'], string]>([
    ['its method and path', { method: 'GET', path: '/a?x=1' }, 'allowed'],
    ['below a prefix', { method: 'GET', path: '/pub/./x' }, 'allowed'],
    ['another method', { method: 'PUT', path: '/a' }, 'denied'],
    ['beside the prefix', { method: 'GET', path: '/public' }, 'denied'],
    ['out of the prefix', { method: 'GET', path: '/pub/%2e%2e/x' }, 'denied'],
    ['not known', undefined, 'undefined'],
    ['half known', { method: 'GET' }, 'undefined'],
    ['no HTTP', null, 'undefined'],
  ])('%s: %j is %s', (_, request, expected) => {
    const asked = request === undefined ? {} : { request }
    expect(verdict([forDb(rule({ http }))], asked)).toBe(expected)
  })

  test('every method and path without a limit', () => {
    expect(verdict([forDb(rule({ http: { methods: ['*'] } }))])).toBe('allowed')
    expect(verdict([forDb(rule({ http: { paths: [{ prefix: '/' }] } }))], { request: { path: '/x' } })).toBe('allowed')
  })
})
