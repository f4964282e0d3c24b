import { describe, expect, test } from 'vitest'
import { compilePolicies } from './compile'
import type { End, Flow } from './decision'
import { endOf, evaluate } from './evaluate'
import type { ModelObject } from './model'
import { defaultOptions, type Options, profiles } from './profile'
import { flowTo, modelOf, pod, space } from './test-model'

const web = pod('shop/web', { labels: { app: 'web' }, ips: ['10.0.0.1'], nodes: ['n1'] })
const db = pod('shop/db', { labels: { app: 'db' }, ips: ['10.0.0.2'], nodes: ['n1'] })
const agent = pod('shop/agent', { labels: { app: 'agent' }, ips: ['10.9.0.1'], nodes: ['n1'], hostNetwork: true })
const namespaces = [space('shop', { team: 'shop' })]
const nodes = [{ name: 'n1', labels: { role: 'worker' }, addresses: ['10.9.0.1'] }]

const judge = (objects: readonly ModelObject[], flow: Flow, options: Partial<Options> = {}) =>
  evaluate(
    compilePolicies(modelOf([web, db, agent], objects, { namespaces, nodes }), { ...defaultOptions, ...options }),
    flow,
  )
const verdict = (...args: Parameters<typeof judge>) => judge(...args).verdict

const netpol = (spec: ModelObject): ModelObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'np', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'db' } }, ...spec },
})
const fromWeb = { from: [{ podSelector: { matchLabels: { app: 'web' } } }] }
const cluster = (name: string, parts: ModelObject): ModelObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 10, subject: { namespaces: {} }, ...parts },
})
const pods = { namespaces: {} }
const everywhere = (action: string, parts: ModelObject = {}) => ({ ingress: [{ action, from: [pods], ...parts }] })
const outside = (address: string, rewritten = false): End => ({ type: 'external', address, rewritten })

describe('NetworkPolicy', () => {
  test('an empty list allows nothing and an empty rule everything', () => {
    expect(verdict([netpol({ ingress: [] })], flowTo(web, db, 80))).toBe('denied')
    expect(verdict([netpol({ ingress: [{}] })], flowTo(web, db, 80))).toBe('allowed')
  })

  test('policies for egress come of its rules where no types are given', () => {
    const own = { podSelector: { matchLabels: { app: 'web' } } }
    expect(verdict([netpol({ ...own, egress: [] })], flowTo(web, db, 80))).toBe('allowed')
    expect(verdict([netpol({ ...own, egress: [], policyTypes: ['Egress'] })], flowTo(web, db, 80))).toBe('denied')
    expect(verdict([netpol({ ...own, egress: [{ ports: [{ port: 81 }] }] })], flowTo(web, db, 80))).toBe('denied')
  })

  test('a peer with a field of a later version matches nobody', () => {
    const from = [{ podSelector: {}, clusterSelector: {} }]
    expect(verdict([netpol({ ingress: [{ from }] })], flowTo(web, db, 80))).toBe('denied')
  })

  test('a field of a later version beside the peers leaves the rule open', () => {
    expect(verdict([netpol({ ingress: [{ ...fromWeb, schedule: 'nightly' }] })], flowTo(web, db, 80))).toBe('undefined')
    expect(verdict([netpol({ ingress: [{ ...fromWeb, schedule: 'nightly' }, fromWeb] })], flowTo(web, db, 80))).toBe(
      'allowed',
    )
  })

  test('a denial at one end counts before what is open at the other', () => {
    const mayLeave = netpol({
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ schedule: 'nightly' }],
    })
    const out = judge([mayLeave], flowTo(web, db, 80))
    expect(out.verdict).toBe('undefined')
    const both = judge(
      [mayLeave, { ...netpol({ ingress: [] }), metadata: { name: 'in', namespace: 'shop' } }],
      flowTo(web, db, 80),
    )
    expect([both.egress.verdict, both.verdict, both.decidedBy]).toEqual(['undefined', 'denied', both.ingress])
  })

  test('what cannot be read leaves its namespace open', () => {
    const decision = judge([netpol({ ingress: [{ ports: [{ port: 0 }] }] })], flowTo(web, web, 80), {
      loopback: 'policy',
    })
    expect(decision.verdict).toBe('undefined')
  })
})

describe('tiers', () => {
  test('a namespace without a label has it with no other in common, one without a value neither', () => {
    const deny = {
      apiVersion: 'policy.networking.k8s.io/v1alpha1',
      kind: 'AdminNetworkPolicy',
      metadata: { name: 'same-team' },
      spec: {
        priority: 10,
        subject: { namespaces: {} },
        ingress: [{ action: 'Deny', from: [{ namespaces: { sameLabels: ['team'] } }] }],
      },
    }
    const [to, from, mate] = [pod('none/to'), pod('empty/from'), pod('shop/mate')]
    const spaces = [space('none', {}), space('empty', { team: '' }), space('shop', { team: 'shop' })]
    const compiled = compilePolicies(modelOf([to, from, mate, db], [deny], { namespaces: spaces }), defaultOptions)
    expect(evaluate(compiled, flowTo(from, to, 80)).verdict).toBe('allowed')
    expect(evaluate(compiled, flowTo(mate, db, 80)).verdict).toBe('denied')
  })

  test('Admin decides before NetworkPolicies, which decide before Baseline', () => {
    const deny = netpol({ ingress: [] })
    const allow = netpol({ ingress: [fromWeb] })
    const base = (action: string) => cluster('base', { tier: 'Baseline', ...everywhere(action) })
    expect(verdict([cluster('a', everywhere('Accept')), deny], flowTo(web, db, 80))).toBe('allowed')
    expect(verdict([cluster('a', everywhere('Deny')), allow], flowTo(web, db, 80))).toBe('denied')
    expect(verdict([allow, base('Deny')], flowTo(web, db, 80))).toBe('allowed')
    expect(verdict([base('Deny')], flowTo(web, db, 80))).toBe('denied')
    expect(verdict([cluster('a', everywhere('Pass')), base('Deny')], flowTo(web, db, 80))).toBe('denied')
  })

  test('Pass leaves the tier: what has a lower priority in it is not read', () => {
    const pass = cluster('a', everywhere('Pass'))
    const deny = cluster('b', { priority: 11, ...everywhere('Deny') })
    expect(verdict([pass, deny], flowTo(web, db, 80))).toBe('allowed')
    expect(verdict([deny], flowTo(web, db, 80))).toBe('denied')
  })

  test('a policy of administrators isolates nobody', () => {
    expect(
      verdict(
        [cluster('a', everywhere('Accept', { protocols: [{ udp: { destinationPort: { number: 53 } } }] }))],
        flowTo(web, db, 80),
      ),
    ).toBe('allowed')
  })

  test('two of one priority that differ are open, unless the CNI is known to read them by name', () => {
    const both = [cluster('b', everywhere('Deny')), cluster('a', everywhere('Accept'))]
    expect(verdict(both, flowTo(web, db, 80))).toBe('undefined')
    expect(verdict(both, flowTo(web, db, 80), { profile: 'calico' })).toBe('allowed')
    expect(verdict([both[0] ?? {}, cluster('a', everywhere('Deny'))], flowTo(web, db, 80))).toBe('denied')
  })

  test('a peer that is not known fails closed: nothing is accepted, everything denied', () => {
    const strange = { from: [{ clusters: {} }] }
    const accept = [cluster('a', everywhere('Accept', strange)), netpol({ ingress: [] })]
    expect(verdict(accept, flowTo(web, db, 80))).toBe('denied')
    for (const action of ['Deny', 'Pass'])
      expect(verdict([cluster('a', everywhere(action, strange))], flowTo(web, db, 80))).toBe('denied')
  })

  test('ranges, nodes and domain names of egress', () => {
    const to = (peer: ModelObject) => [cluster('a', { egress: [{ action: 'Deny', to: [peer] }] })]
    const external = (address: string): Flow => ({ from: endOf(web), to: outside(address), protocol: 'TCP', port: 80 })
    expect(verdict(to({ networks: ['192.0.2.0/24'] }), external('192.0.2.7'))).toBe('denied')
    expect(verdict(to({ networks: ['192.0.2.0/24'] }), external('192.0.3.7'))).toBe('allowed')
    expect(verdict(to({ networks: ['10.0.0.0/8'] }), flowTo(web, db, 80), { profile: 'cilium' })).toBe('denied')
    const node: End = { type: 'node', name: 'n1', addresses: ['10.9.0.1'] }
    expect(verdict(to({ nodes: { matchLabels: { role: 'worker' } } }), { ...external(''), to: node })).toBe('denied')
    expect(verdict(to({ nodes: { matchLabels: { role: 'control' } } }), { ...external(''), to: node })).toBe('allowed')
    const accept = cluster('a', { egress: [{ action: 'Accept', to: [{ domainNames: ['*.example.com'] }] }] })
    const deny = cluster('b', { priority: 11, egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }] })
    const named = (...names: string[]): Flow => ({
      ...external(''),
      to: { type: 'external', address: '192.0.2.7', names },
    })
    expect(verdict([accept, deny], named('www.example.com'))).toBe('allowed')
    expect(verdict([accept, deny], named('example.com'))).toBe('denied')
    expect(verdict([accept, deny], external('192.0.2.7'))).toBe('undefined')
  })

  test('pods on the network of their node are never its subject nor a peer of pods', () => {
    for (const profile of profiles) {
      expect(verdict([cluster('a', everywhere('Deny'))], flowTo(web, agent, 80), { profile })).toBe('allowed')
      expect(verdict([cluster('a', everywhere('Deny'))], flowTo(agent, db, 80), { profile })).toBe('allowed')
    }
  })
})

describe('what the specification leaves open', () => {
  test.each([
    ['generic', 'undefined'],
    ['cilium', 'denied'],
    ['calico', 'denied'],
  ] as const)('%s: a pod on the network of its node as a peer is %s', (profile, expected) => {
    const fromAgent = { from: [{ podSelector: { matchLabels: { app: 'agent' } } }] }
    expect(verdict([netpol({ ingress: [fromAgent] })], flowTo(agent, db, 80), { profile })).toBe(expected)
    expect(verdict([netpol({ ingress: [fromWeb] })], flowTo(agent, db, 80), { profile })).toBe('denied')
  })

  test.each([
    ['generic', 'allowed'],
    ['cilium', 'denied'],
    ['calico', 'allowed'],
  ] as const)('%s: a pod in a range is %s', (profile, expected) => {
    const range = { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }
    expect(verdict([netpol({ ingress: [range] })], flowTo(web, db, 80), { profile })).toBe(expected)
  })

  test.each([
    ['generic', 'undefined'],
    ['cilium', 'denied'],
    ['calico', 'allowed'],
  ] as const)('%s: a pod on the network of its node in a range is %s', (profile, expected) => {
    const range = { from: [{ ipBlock: { cidr: '10.9.0.0/16' } }] }
    expect(verdict([netpol({ ingress: [range] })], flowTo(agent, db, 80), { profile })).toBe(expected)
  })

  test('pods of one controller of which some are in a range may be in it; a second family does not count', () => {
    const range = netpol({ ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }] })
    const with2 = (...ips: readonly string[]) => flowTo({ ...web, kind: 'Deployment', ips }, db, 80)
    expect(verdict([range], with2('10.0.0.1', '10.0.1.1'))).toBe('undefined')
    expect(verdict([range], with2('10.0.0.1', '10.0.0.3'))).toBe('allowed')
    expect(verdict([range], with2('10.0.1.1', '10.0.1.3'))).toBe('denied')
    expect(verdict([range], with2('10.0.0.1', 'fd00::1'))).toBe('allowed')
  })

  test('a pod without a known address may be in a range', () => {
    const range = { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }
    expect(verdict([netpol({ ingress: [range] })], flowTo({ ...web, ips: [] }, db, 80))).toBe('undefined')
  })

  test.each([
    ['generic', 'undefined'],
    ['cilium', 'undefined'],
    ['calico', 'denied'],
  ] as const)('%s: an address that was rewritten is %s', (profile, expected) => {
    const range = { from: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }
    const flow: Flow = { from: outside('192.0.2.1', true), to: endOf(db), protocol: 'TCP', port: 80 }
    expect(verdict([netpol({ ingress: [range] })], flow, { profile })).toBe(expected)
    expect(verdict([netpol({ ingress: [{}] })], flow, { profile })).toBe('allowed')
  })

  test.each([
    ['generic', 'undefined'],
    ['cilium', 'denied'],
    ['calico', 'denied'],
  ] as const)('%s: ICMP to an isolated pod is %s', (profile, expected) => {
    const ping: Partial<Flow> = { protocol: 'ICMP', port: null }
    expect(verdict([netpol({ ingress: [] })], flowTo(web, db, 80, ping), { profile })).toBe(expected)
    expect(verdict([], flowTo(web, db, 80, ping), { profile })).toBe('allowed')
  })

  test('a node reaches its own pods, also through an isolating policy', () => {
    const node = (name: string): Flow => ({
      from: { type: 'node', name, addresses: [] },
      to: endOf(db),
      protocol: 'TCP',
      port: 80,
    })
    expect(verdict([netpol({ ingress: [] })], node('n1'))).toBe('allowed')
    expect(verdict([netpol({ ingress: [] })], node('n2'))).toBe('denied')
    const range = netpol({ ingress: [{ from: [{ ipBlock: { cidr: '10.9.0.0/16' } }] }] })
    const known: Flow = { ...node('n1'), from: { type: 'node', name: 'n1', addresses: ['10.9.0.1'] } }
    expect(verdict([range], known)).toBe('allowed')
    const mayDeny = cluster('a', { ingress: [{ action: 'Wait', from: [pods] }] })
    const several: Flow = { ...node('n1'), to: endOf({ ...db, kind: 'Deployment', nodes: ['n1', 'n2'] }) }
    expect(verdict([netpol({ ingress: [] })], several)).toBe('undefined')
    expect(verdict([netpol({ ingress: [{}] })], several)).toBe('allowed')
    expect(verdict([mayDeny, netpol({ ingress: [] })], node('n1'))).toBe('undefined')
    expect(verdict([cluster('a', { ingress: [{ action: 'Deny', from: [{ clusters: {} }] }] })], known)).toBe(
      'undefined',
    )
  })

  test('a pod reaches itself, unless loopback follows policy; pods of one controller are not one pod', () => {
    expect(verdict([netpol({ ingress: [] })], flowTo(db, db, 80))).toBe('allowed')
    expect(verdict([netpol({ ingress: [] })], flowTo(db, db, 80), { loopback: 'policy' })).toBe('denied')
    const several = { ...db, kind: 'Deployment' }
    expect(verdict([netpol({ ingress: [] })], flowTo(several, several, 80))).toBe('denied')
  })

  test('a port by name is looked up on the destination; one that it does not have is open', () => {
    const served = { ...db, ports: [{ name: 'sql', protocol: 'TCP' as const, port: 5432 }] }
    expect(verdict([netpol({ ingress: [{ ports: [{ port: 5432 }] }] })], flowTo(web, served, 'sql'))).toBe('allowed')
    expect(verdict([], flowTo(web, served, 'other'))).toBe('undefined')
  })
})

test('what decided is named: the side that denies, its tier, policy and rule', () => {
  const decision = judge([cluster('a', everywhere('Deny')), netpol({ ingress: [fromWeb] })], flowTo(web, db, 80))
  expect(decision.decidedBy).toMatchObject({
    direction: 'ingress',
    tier: 'kube-admin',
    policy: { kind: 'ClusterNetworkPolicy', name: 'a' },
    rule: { path: 'spec.ingress[0]' },
    reason: { code: 'rule' },
  })
  expect(decision.egress.reason).toEqual({ code: 'no-policy' })
})
