import { describe, expect, test } from 'vitest'
import type { LintRuleName } from './finding'
import {
  admin,
  agent,
  db,
  dns,
  fromPods,
  job,
  labels,
  type LintCase,
  messagesOf,
  netpol,
  object,
  saysOf,
  web,
} from './test-lint'
import { lintOf } from './test-lint'

type Case = readonly [name: string, rule: LintRuleName, asked: LintCase, says: readonly string[]]

const one = (spec: object): LintCase => ({ objects: [netpol('p', { ...spec })] })
const every = { ingress: [{}] }
const toDns = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [{ protocol: 'UDP', port: 53 }],
}
const egress = (...rules: readonly object[]) => one({ policyTypes: ['Egress'], egress: rules })
const toDb = { to: [{ podSelector: labels('db') }] }
const block = (cidr: string, ...except: readonly string[]) =>
  one({ ingress: [{ from: [{ ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } }] }] })
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })
const spaces = ['shop', 'batch', 'kube-system'].map((name) => ({
  name,
  labels: { 'kubernetes.io/metadata.name': name },
  annotations: {},
}))
const split = (namespace: object, pod: object): LintCase => ({
  ...one({ ingress: [{ from: [{ namespaceSelector: namespace }, { podSelector: pod }] }] }),
  model: { namespaces: spaces },
})
const rules = (name: string, ...ingress: readonly object[]) => admin(name, { ingress })
const from = { from: [{ namespaces: {} }] }
const service = {
  namespace: 'shop',
  name: 'db',
  labels: {},
  selector: { app: 'db' },
  clusterIps: ['10.96.0.7'],
  ports: [],
  addresses: [],
}
const staged = (spec: object) => object('projectcalico.org/v3', 'StagedNetworkPolicy', 'shop/p', { ...spec })
const calico = (name: string, spec: object) =>
  object('projectcalico.org/v3', 'NetworkPolicy', `shop/${name}`, { ...spec })

const cases: readonly Case[] = [
  ['a selector with a typo', 'selects-nothing', one({ podSelector: labels('wbe') }), ['warning p']],
  ['a selector that fits', 'selects-nothing', one({ podSelector: labels('web') }), []],
  ['a cluster without workloads', 'selects-nothing', { ...one({}), workloads: [] }, []],
  ['a namespace that is not there', 'selects-nothing', { objects: [netpol('p', {}, 'shp')] }, ['warning p']],

  ['an object that cannot be read', 'unreadable', one({ ingress: 3 }), ['error p spec.ingress']],
  ['an object that can', 'unreadable', one({}), []],

  [
    'the same rule twice',
    'redundant',
    one({ ingress: [fromPods('web'), fromPods('web')] }),
    ['info p spec.ingress[1]'],
  ],
  [
    'a rule inside a wider one',
    'redundant',
    one({ ingress: [fromPods('web'), { from: [{ podSelector: {} }] }] }),
    ['info p spec.ingress[0]'],
  ],
  [
    'a policy inside another',
    'redundant',
    {
      objects: [
        netpol('narrow', { podSelector: labels('db'), ingress: [fromPods('web')] }),
        netpol('wide', { ingress: [{ from: [{ podSelector: {} }] }] }),
      ],
    },
    ['info narrow'],
  ],
  [
    'a policy that isolates what nothing else does',
    'redundant',
    { objects: [netpol('a', { podSelector: labels('db'), ingress: [{}] })] },
    [],
  ],
  ['rules for different pods', 'redundant', one({ ingress: [fromPods('web'), fromPods('db')] }), []],
  [
    'a rule for ICMP too, beside one for TCP only',
    'redundant',
    one({
      ingress: [
        fromPods('web'),
        { ...fromPods('web'), ports: ['TCP', 'UDP', 'SCTP'].map((protocol) => ({ protocol })) },
      ],
    }),
    ['info p spec.ingress[1]'],
  ],

  [
    'an allow behind a deny of the same',
    'shadowed',
    {
      objects: [
        rules(
          'a',
          { action: 'Deny', ...from },
          { action: 'Accept', from: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { number: 80 } } }] },
        ),
      ],
    },
    ['warning a spec.ingress[1]'],
  ],
  [
    'an allow before a deny',
    'shadowed',
    {
      objects: [
        rules(
          'a',
          { action: 'Accept', from: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { number: 80 } } }] },
          { action: 'Deny', ...from },
        ),
      ],
    },
    [],
  ],
  [
    'a NetworkPolicy behind a deny of administrators',
    'unreachable',
    {
      objects: [
        rules('a', { action: 'Deny', ...from }),
        netpol('p', { podSelector: labels('db'), ingress: [fromPods('web')] }),
      ],
    },
    ['warning p spec.ingress[0]'],
  ],
  [
    'a Baseline rule where NetworkPolicies decide for all',
    'unreachable',
    {
      objects: [
        admin(
          'b',
          {
            subject: { namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
            ingress: [{ action: 'Accept', ...from }],
          },
          'Baseline',
        ),
        netpol('p', { ingress: [fromPods('web')] }),
      ],
      model: { namespaces: spaces },
      options: { profile: 'calico' },
    },
    ['warning b spec.ingress[0]'],
  ],

  ['an empty rule', 'allows-everyone', one(every), ['warning p spec.ingress[0]']],
  [
    'an empty list of peers',
    'allows-everyone',
    one({ ingress: [{ from: [], ports: [{ port: 80 }] }] }),
    ['info p spec.ingress[0]'],
  ],
  [
    'an empty rule beside others',
    'allows-everyone',
    one({ ingress: [{}, fromPods('web')] }),
    ['warning p spec.ingress[0]'],
  ],
  ['no rule at all', 'allows-everyone', one({ ingress: [] }), []],
  [
    'every pod',
    'allows-every-pod',
    one({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] }),
    ['info p spec.ingress[0]'],
  ],
  ['every pod of the namespace', 'allows-every-pod', one({ ingress: [{ from: [{ podSelector: {} }] }] }), []],
  [
    'DNS of any namespace',
    'allows-every-pod',
    egress({ to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] }),
    [],
  ],
  ['every address', 'allows-every-address', block('0.0.0.0/0'), ['warning p spec.ingress[0]']],
  ['every address but private ones', 'allows-every-address', block('0.0.0.0/0', '10.0.0.0/8'), []],

  [
    'a peer with a typo',
    'peer-matches-nothing',
    one({ ingress: [{ from: [{ podSelector: labels('wbe') }, { podSelector: labels('web') }] }] }),
    ['warning p spec.ingress[0].from[0]'],
  ],
  ['a peer that is there', 'peer-matches-nothing', one({ ingress: [fromPods('web')] }), []],
  [
    'a peer of no namespace',
    'peer-matches-nothing',
    egress({ to: [{ namespaceSelector: labels('x') }] }),
    ['warning p spec.egress[0].to[0]'],
  ],
  ['an address', 'peer-matches-nothing', block('192.0.2.0/24'), []],

  [
    'the dash too many',
    'split-peer',
    split(inNamespace('batch'), labels('job')),
    ['warning p spec.ingress[0].from[1]'],
  ],
  ['two peers that are both there', 'split-peer', split(inNamespace('batch'), labels('web')), []],
  [
    'two peers of which either may be meant',
    'split-peer',
    split({ matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'Exists' }] }, labels('web')),
    ['info p spec.ingress[0].from[1]'],
  ],

  [
    'egress rules without the type',
    'types-and-rules',
    one({ policyTypes: ['Ingress'], ingress: [{}], egress: [{}] }),
    ['error p spec.egress'],
  ],
  [
    'ingress rules without the type',
    'types-and-rules',
    one({ policyTypes: ['Egress'], ingress: [{}], egress: [{}] }),
    ['error p spec.ingress'],
  ],
  ['egress rules only and no types', 'types-and-rules', one({ egress: [toDb] }), ['warning p spec.ingress']],
  [
    'both types and rules for one',
    'types-and-rules',
    one({ policyTypes: ['Ingress', 'Egress'], ingress: [{}] }),
    ['info p spec.egress'],
  ],
  ['a default deny', 'types-and-rules', one({ policyTypes: ['Ingress', 'Egress'] }), []],
  [
    'types of Calico',
    'types-and-rules',
    { objects: [calico('p', { types: ['Ingress'], egress: [{ action: 'Allow' }] })] },
    ['error p spec.egress'],
  ],
  [
    'rules of Calico without types',
    'types-and-rules',
    { objects: [calico('p', { egress: [{ action: 'Allow' }] })] },
    [],
  ],

  ['egress without DNS', 'egress-without-dns', egress(toDb), ['warning p']],
  ['egress with DNS', 'egress-without-dns', egress(toDb, toDns), []],
  [
    'egress with DNS on the wrong port',
    'egress-without-dns',
    egress(toDb, { ...toDns, ports: [{ protocol: 'UDP', port: 54 }] }),
    ['warning p'],
  ],
  [
    'DNS by another policy',
    'egress-without-dns',
    {
      objects: [
        netpol('p', { policyTypes: ['Egress'], egress: [toDb] }),
        netpol('dns', { policyTypes: ['Egress'], egress: [toDns] }),
      ],
    },
    [],
  ],
  ['no egress at all', 'egress-without-dns', egress(), []],
  [
    'DNS that is not among the pods',
    'egress-without-dns',
    { ...egress({ ...toDb, ports: [{ port: 5432 }] }), workloads: [web, db] },
    ['info p'],
  ],
  [
    'any port 53 where DNS is not among the pods',
    'egress-without-dns',
    {
      ...egress({ ...toDb, ports: [{ port: 5432 }] }, { to: [], ports: [{ protocol: 'UDP', port: 53 }] }),
      workloads: [web, db],
    },
    [],
  ],

  [
    'exceptions that cover all',
    'address-of-nothing',
    block('10.0.0.0/8', '10.0.0.0/9', '10.128.0.0/9'),
    ['error p spec.ingress[0]'],
  ],
  ['exceptions that leave half', 'address-of-nothing', block('10.0.0.0/8', '10.0.0.0/9'), []],
  ['addresses of pods', 'address-of-pods', block('10.0.0.0/24'), ['info p spec.ingress[0]']],
  [
    'addresses of pods with Cilium',
    'address-of-pods',
    { ...block('10.0.0.0/24'), options: { profile: 'cilium' } },
    ['warning p spec.ingress[0]'],
  ],
  ['a wide range', 'address-of-pods', block('10.0.0.0/8'), []],
  ['addresses of nobody here', 'address-of-pods', block('192.0.2.0/24'), []],
  [
    'the address of a Service',
    'address-of-service',
    { ...egress({ to: [{ ipBlock: { cidr: '10.96.0.7/32' } }] }), model: { services: [service] } },
    ['warning p spec.egress[0]'],
  ],
  [
    'an address beside it',
    'address-of-service',
    { ...egress({ to: [{ ipBlock: { cidr: '10.96.0.8/32' } }] }), model: { services: [service] } },
    [],
  ],

  [
    'a port that no pod names',
    'port-name-unknown',
    one({ podSelector: labels('web'), ingress: [{ ports: [{ port: 'sql' }] }] }),
    ['warning p spec.ingress[0]'],
  ],
  [
    'a port that the pods name',
    'port-name-unknown',
    one({ podSelector: labels('db'), ingress: [{ ports: [{ port: 'sql' }] }] }),
    [],
  ],
  [
    'a port of another protocol',
    'port-name-unknown',
    one({ podSelector: labels('db'), ingress: [{ ports: [{ port: 'sql', protocol: 'UDP' }] }] }),
    ['warning p spec.ingress[0]'],
  ],
  ['a port that the callee names', 'port-name-unknown', egress({ ...toDb, ports: [{ port: 'sql' }] }), []],
  [
    'a port that the callee lacks',
    'port-name-unknown',
    egress({ ...toDb, ports: [{ port: 'http' }] }),
    ['warning p spec.egress[0]'],
  ],

  ['pods on the network of their node', 'host-network-subject', one({ podSelector: labels('agent') }), ['warning p']],
  ['every pod, with one on its node', 'host-network-subject', one({}), ['info p']],
  ['other pods', 'host-network-subject', one({ podSelector: labels('web') }), []],
  [
    'pods on the network of their node with Cilium',
    'host-network-subject',
    { ...one({ podSelector: labels('agent') }), options: { profile: 'cilium' } },
    ['warning p'],
  ],

  [
    'one priority twice',
    'same-priority',
    { objects: [rules('a', { action: 'Deny', ...from }), rules('b', { action: 'Accept', ...from })] },
    ['warning b spec.ingress[0]'],
  ],
  [
    'one priority twice, of one mind',
    'same-priority',
    { objects: [rules('a', { action: 'Deny', ...from }), rules('b', { action: 'Deny', ...from })] },
    [],
  ],
  [
    'one priority twice, on other ports',
    'same-priority',
    {
      objects: [
        rules('a', { action: 'Deny', ...from, protocols: [{ tcp: { destinationPort: { number: 80 } } }] }),
        rules('b', { action: 'Accept', ...from, protocols: [{ tcp: { destinationPort: { number: 81 } } }] }),
      ],
    },
    [],
  ],
  [
    'one priority twice in a CNI that orders by name',
    'same-priority',
    {
      objects: [rules('a', { action: 'Deny', ...from }), rules('b', { action: 'Accept', ...from })],
      options: { profile: 'calico' },
    },
    ['info b spec.ingress[0]'],
  ],
  [
    'one order twice with Calico',
    'same-priority',
    {
      objects: [
        calico('a', { order: 5, ingress: [{ action: 'Deny' }] }),
        calico('b', { order: 5, ingress: [{ action: 'Allow' }] }),
      ],
    },
    ['info b spec.ingress[0]'],
  ],

  [
    'a pass with nothing behind it',
    'pass-to-nothing',
    { objects: [rules('a', { action: 'Pass', ...from })] },
    ['info a spec.ingress[0]'],
  ],
  [
    'a pass to a NetworkPolicy',
    'pass-to-nothing',
    { objects: [rules('a', { action: 'Pass', ...from }), netpol('p', {})] },
    [],
  ],

  [
    'a staged deletion of nothing',
    'staged-without-target',
    { objects: [staged({ stagedAction: 'Delete' })] },
    ['warning p spec.stagedAction'],
  ],
  [
    'a staged deletion of a policy',
    'staged-without-target',
    { objects: [staged({ stagedAction: 'Delete' }), calico('p', {})] },
    [],
  ],
  ['a staged policy that is new', 'staged-without-target', { objects: [staged({})] }, []],
]

describe.each([...new Set(cases.map(([, rule]) => rule))])('%s', (rule) => {
  test.each(cases.filter((one) => one[1] === rule))('%s', (_name, _rule, asked, says) => {
    expect(saysOf(rule, asked)).toEqual(says)
  })
})

test('messages name the objects and why', () => {
  expect(messagesOf('selects-nothing', one({ podSelector: labels('wbe') }))).toEqual([
    'NetworkPolicy shop/p selects no workload that is there now: it is about pods app=wbe in namespace shop.',
  ])
  expect(messagesOf('redundant', one({ ingress: [fromPods('web'), fromPods('web')] }))[0]).toContain(
    'Rule spec.ingress[1] of NetworkPolicy shop/p changes nothing for the workloads that are there now: NetworkPolicy shop/p (spec.ingress[0]) allows the same, for example shop/web to shop/db, TCP 1.',
  )
  expect(messagesOf('egress-without-dns', egress(toDb))[0]).toContain('shop/web and shop/db')
})

test('the same policies in another order give the same findings', () => {
  const objects = [
    netpol('a', every),
    netpol('b', { podSelector: labels('x') }),
    rules('c', { action: 'Pass', ...from }),
  ]
  const workloads = [web, db, job, dns, agent]
  expect(lintOf({ objects: objects.toReversed(), workloads })).toEqual(lintOf({ objects, workloads }))
})
