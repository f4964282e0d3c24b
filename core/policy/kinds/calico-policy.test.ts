import { describe, expect, test } from 'vitest'
import { compilePolicies } from '../compile'
import type { ModelObject } from '../model'
import { defaultOptions } from '../profile'
import { modelOf } from '../test-model'
import { agent, allow, type Asked, calico, forDb, node, outside, verdict } from './test-calico'

const deny: ModelObject = { action: 'Deny' }
const network = (name: string, spec: ModelObject) => calico('NetworkPolicy', name, spec)
const global = (name: string, spec: ModelObject) => calico('GlobalNetworkPolicy', name, spec)
const tier = (name: string, order: number | null, defaultAction?: string) =>
  calico('Tier', name, { ...(order === null ? {} : { order }), ...(defaultAction ? { defaultAction } : {}) })
const everybody = { selector: 'all()', types: ['Ingress', 'Egress'] }

describe('which pods a policy is about', () => {
  test.each<[string, ModelObject, Asked, string]>([
    ['only those of its namespace', network('batch/np', { ingress: [] }), {}, 'allowed'],
    ['all of its namespace without a selector', network('shop/np', {}), {}, 'denied'],
    ['by labels', network('shop/np', { selector: "app == 'web'" }), {}, 'allowed'],
    ['by service account', network('shop/np', { serviceAccountSelector: "role == 'client'" }), {}, 'allowed'],
    [
      'by service account',
      network('shop/np', { serviceAccountSelector: "role == 'client'" }),
      { from: 'job', to: 'web' },
      'denied',
    ],
    ['of any namespace', global('gnp', { selector: "app == 'db'" }), {}, 'denied'],
    ['by labels of namespaces', global('gnp', { namespaceSelector: "team == 'data'" }), {}, 'allowed'],
    ['by labels of namespaces', global('gnp', { namespaceSelector: "team == 'data'" }), { to: 'job' }, 'denied'],
    ['by name of namespaces', global('gnp', { namespaceSelector: "projectcalico.org/name == 'shop'" }), {}, 'denied'],
    [
      'by part of a name',
      global('gnp', { namespaceSelector: "projectcalico.org/name starts with 'ba'" }),
      {},
      'allowed',
    ],
    [
      'by part of a name',
      global('gnp', { namespaceSelector: "projectcalico.org/name starts with 'ba'" }),
      { to: 'job' },
      'denied',
    ],
    [
      'by namespace as a label',
      global('gnp', { selector: "projectcalico.org/namespace in {'shop'} && app == 'db'" }),
      {},
      'denied',
    ],
    ['by namespace as a label', global('gnp', { selector: "projectcalico.org/namespace != 'shop'" }), {}, 'allowed'],
    [
      'by account as a label',
      global('gnp', { selector: "projectcalico.org/serviceaccount == 'robot'" }),
      { to: 'job' },
      'denied',
    ],
    [
      'never on the network of its node',
      global('gnp', { selector: 'all()' }),
      { to: { type: 'workload', workload: agent } },
      'allowed',
    ],
  ])('%s: %j', (_, policy, asked, expected) => {
    expect(verdict([policy], asked)).toBe(expected)
  })

  test.each<[string, ModelObject, string, string]>([
    ['no rules', {}, 'denied', 'allowed'],
    ['rules for ingress', { ingress: [allow()] }, 'allowed', 'allowed'],
    ['rules for egress only', { egress: [deny] }, 'allowed', 'denied'],
    ['both', { ingress: [deny], egress: [deny] }, 'denied', 'denied'],
    ['types that are told', { types: ['Egress'], ingress: [deny] }, 'allowed', 'denied'],
  ])('types come of its rules: %s', (_, spec, into, out) => {
    const policy = network('shop/np', { selector: "app == 'db'", ...spec })
    expect(verdict([policy])).toBe(into)
    expect(verdict([policy], { from: 'db', to: 'job' })).toBe(out)
  })
})

describe('order', () => {
  test('the first rule that matches decides, log aside', () => {
    expect(verdict([forDb({ action: 'Log' }, deny, allow())])).toBe('denied')
    expect(verdict([forDb({ action: 'Log' }, allow(), deny)])).toBe('allowed')
  })

  test('by order, none is last, and equal ones by name', () => {
    const one = (name: string, order: number | null, action: string) =>
      global(name, { selector: 'all()', ...(order === null ? {} : { order }), ingress: [{ action }] })
    expect(verdict([one('a', 2.5, 'Deny'), one('b', 2.4, 'Allow')])).toBe('allowed')
    expect(verdict([one('a', null, 'Deny'), one('b', 1e9, 'Allow')])).toBe('allowed')
    expect(verdict([one('b', null, 'Deny'), one('a', null, 'Allow')])).toBe('allowed')
    expect(verdict([one('a', 7, 'Deny'), one('b', 7, 'Allow')])).toBe('denied')
  })

  test('stands among NetworkPolicies of Kubernetes at 1,000', () => {
    const kubernetes = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'np', namespace: 'shop' },
      spec: { podSelector: {}, ingress: [{}] },
    }
    const first = (order: number) => global('gnp', { ...everybody, order, ingress: [deny], egress: [allow()] })
    expect(verdict([kubernetes, first(999)])).toBe('denied')
    expect(verdict([kubernetes, first(1_001)])).toBe('allowed')
  })
})

describe('tiers', () => {
  const inTier = (name: string, spec: ModelObject) => global('gnp', { tier: name, selector: "app == 'db'", ...spec })

  test('what none of its policies decides meets the default action', () => {
    expect(verdict([tier('first', 10), inTier('first', {})])).toBe('denied')
    expect(verdict([tier('first', 10, 'Deny'), inTier('first', {})])).toBe('denied')
    expect(verdict([tier('first', 10, 'Pass'), inTier('first', {})])).toBe('allowed')
  })

  test('Pass leaves the tier; the next one decides', () => {
    const pass = inTier('first', { ingress: [{ action: 'Pass' }, deny] })
    expect(verdict([tier('first', 10), pass])).toBe('allowed')
    expect(verdict([tier('first', 10), pass, forDb(deny)])).toBe('denied')
  })

  test('a tier counts only for what a policy in it selects, and only in that direction', () => {
    expect(verdict([tier('first', 10), inTier('first', { types: ['Egress'] })])).toBe('allowed')
    expect(verdict([tier('first', 10), inTier('first', {})], { from: 'db', to: 'job' })).toBe('allowed')
  })

  test('by order, none is last, and equal ones by name', () => {
    const both = (a: ModelObject, b: ModelObject) => [
      a,
      b,
      global('x', { tier: 'a', selector: 'all()', ingress: [allow()] }),
      global('y', { tier: 'b', selector: 'all()', ingress: [deny] }),
    ]
    expect(verdict(both(tier('a', 1), tier('b', 2)))).toBe('allowed')
    expect(verdict(both(tier('a', 2), tier('b', 1)))).toBe('denied')
    expect(verdict(both(tier('a', null), tier('b', 2)))).toBe('denied')
    expect(verdict(both(tier('a', 2), tier('b', 2)))).toBe('allowed')
    expect(verdict([tier('a', null), inTier('a', {}), forDb(allow())])).toBe('allowed')
  })

  test('those of the system are there, under their old names too', () => {
    for (const name of ['kube-admin', 'adminnetworkpolicy']) {
      expect(verdict([inTier(name, { ingress: [deny] }), forDb(allow())])).toBe('denied')
      expect(verdict([inTier(name, {}), forDb(allow())])).toBe('allowed')
    }
    for (const name of ['kube-baseline', 'baselineadminnetworkpolicy'])
      expect(verdict([inTier(name, { ingress: [deny] }), forDb(allow())])).toBe('allowed')
    expect(verdict([tier('default', 1_000_000, 'Deny'), forDb(allow())])).toBe('allowed')
  })

  test('one that is not known leaves open what its policies are about, and only that', () => {
    const lost = inTier('lost', { ingress: [allow()] })
    expect(verdict([lost])).toBe('undefined')
    expect(verdict([lost], { to: 'job' })).toBe('allowed')
    expect(verdict([lost, tier('lost', null, 'Maybe')])).toBe('undefined')
  })

  test('names decide between equal orders, whatever the profile', () => {
    const one = (name: string, action: string) =>
      global(name, { tier: 'first', order: 1, selector: 'all()', ingress: [{ action }] })
    const rest = { profile: 'generic' } as const
    expect(verdict([tier('first', 10), one('a', 'Allow'), one('b', 'Deny')], {}, rest)).toBe('allowed')
    expect(verdict([tier('first', 10), one('b', 'Allow'), one('a', 'Deny')], {}, rest)).toBe('denied')
  })

  test('one may be called like the layer of a mesh', () => {
    expect(verdict([tier('istio', 5), inTier('istio', { ingress: [deny] })])).toBe('denied')
    expect(verdict([tier('istio', 5), inTier('istio', { ingress: [allow()] }), forDb(deny)])).toBe('allowed')
    const meshes = (objects: readonly ModelObject[]) =>
      compilePolicies(modelOf([], objects), defaultOptions).tiers.mesh.map(({ tier }) => tier.name)
    expect(meshes([tier('istio', 5)])).toEqual(meshes([]))
  })
})

describe('host endpoints', () => {
  const host = calico(
    'HostEndpoint',
    'n2',
    { node: 'n2', interfaceName: '*', expectedIPs: ['10.9.0.2'] },
    { host: 'yes' },
  )
  const atHosts = (spec: ModelObject) => global('gnp', { selector: 'has(host)', ...spec })

  test.each<[string, ModelObject, Asked, string]>([
    ['a policy on them opens what pods send to nodes', {}, { to: node }, 'undefined'],
    ['and what nodes send to pods', { types: ['Egress'] }, { from: node }, 'undefined'],
    ['but nothing among pods', {}, {}, 'allowed'],
    ['unless it is about what is forwarded', { applyOnForward: true }, {}, 'undefined'],
    ['also before addresses are rewritten', { applyOnForward: true, preDNAT: true, ingress: [deny] }, {}, 'undefined'],
  ])('%s', (_, spec, asked, expected) => {
    expect(verdict([atHosts(spec), host], asked)).toBe(expected)
    expect(verdict([atHosts(spec)], asked)).toBe('allowed')
  })

  test('what is not tracked never judges pods', () => {
    const untracked = { applyOnForward: true, doNotTrack: true, selector: 'all()', ingress: [deny] }
    expect(verdict([global('gnp', untracked)])).toBe('allowed')
  })

  test('one has no service account and no namespace', () => {
    for (const spec of [{ serviceAccountSelector: 'all()' }, { namespaceSelector: 'all()' }])
      expect(verdict([atHosts(spec), host], { to: node })).toBe('allowed')
    expect(verdict([atHosts({ namespaceSelector: '!has(team)' }), host], { to: node })).toBe('undefined')
  })

  test('a denial by a pod’s own policy stands', () => {
    expect(verdict([atHosts({ applyOnForward: true }), host, forDb(deny)])).toBe('denied')
  })

  test('selectors of rules match them by their addresses', () => {
    expect(
      verdict([host, forDb(allow({ selector: 'has(host)', namespaceSelector: 'global()' }))], { from: node }),
    ).toBe('allowed')
    expect(verdict([host, forDb(allow({ selector: 'has(host)', namespaceSelector: 'global()' }))])).toBe('denied')
    const unknown = calico('HostEndpoint', 'n2', { node: 'n2', interfaceName: 'eth0' }, { host: 'yes' })
    const rule = forDb(allow({ selector: 'has(host)', namespaceSelector: 'global()' }))
    expect(verdict([unknown, rule], { from: node })).toBe('undefined')
    expect(verdict([unknown, rule], { from: outside('10.9.0.2') })).toBe('undefined')
  })
})

test('objects as they are stored are read alike, and other fields of a spec leave it open', () => {
  const stored = { ...forDb(deny), apiVersion: 'crd.projectcalico.org/v1' }
  expect(verdict([stored])).toBe('denied')
  expect(verdict([network('shop/np', { selector: "app == 'db'", ingress: [deny], schedule: 'nightly' })])).toBe(
    'undefined',
  )
  expect(verdict([network('shop/np', { ingress: [deny], performanceHints: ['AssumeNeededOnEveryNode'] })])).toBe(
    'denied',
  )
})
