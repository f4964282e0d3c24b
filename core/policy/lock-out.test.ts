import { describe, expect, test } from 'vitest'
import { alsoCaught } from './also-caught'
import { compilePolicies } from './compile'
import { type Essentials, essentialsOf } from './essentials'
import { admin, db, dns, fromPods, job, labels, netpol, web } from './lint/test-lint'
import { lockOuts } from './lock-out'
import type { Model, ModelObject } from './model'
import { workloadKey } from './model'
import { defaultOptions, type Options } from './profile'
import { modelOf, pod, space } from './test-model'

const gate = pod('edge/gate', { labels: { 'app.kubernetes.io/name': 'ingress-nginx' }, ips: ['10.0.0.5'] })
const prometheus = pod('ops/prometheus', { labels: { 'app.kubernetes.io/name': 'prometheus' }, ips: ['10.0.0.6'] })
const oriel = pod('ops/oriel', { labels: { 'app.kubernetes.io/name': 'oriel' }, ips: ['10.0.0.7'] })
const workloads = [web, db, job, dns, gate, prometheus, oriel]
const model: Partial<Model> = {
  namespaces: ['shop', 'batch', 'kube-system', 'edge', 'ops'].map((name) => space(name, { name })),
  nodes: [{ name: 'n1', labels: {}, addresses: ['10.9.0.1'] }],
  services: [
    {
      namespace: 'default',
      name: 'kubernetes',
      labels: {},
      selector: null,
      clusterIps: ['10.96.0.1'],
      ports: [],
      addresses: [],
      endpoints: [{ addresses: ['198.51.100.1'], ports: [{ name: 'https', protocol: 'TCP', port: 6443 }] }],
    },
  ],
}
const compiled = (objects: readonly ModelObject[], options: Partial<Options> = {}) =>
  compilePolicies(modelOf(workloads, objects, model), { ...defaultOptions, ...options })

const change = (before: readonly ModelObject[], after: readonly ModelObject[], options: Partial<Options> = {}) => {
  const [was, is] = [compiled(before, options), compiled(after, options)]
  return lockOuts(was, is)
}
const says = (answer: ReturnType<typeof lockOuts>) =>
  answer.found.map(({ check, verdict, workloads: cut }) => `${check} ${verdict} ${cut.map(workloadKey).join()}`)

const noEgress = netpol('no-egress', { podSelector: labels('web'), policyTypes: ['Egress'] })
const onlyDns = netpol('dns', {
  podSelector: labels('web'),
  policyTypes: ['Egress'],
  egress: [
    { to: [{ namespaceSelector: { matchLabels: { name: 'kube-system' } } }], ports: [{ protocol: 'UDP', port: 53 }] },
  ],
})
const closed = netpol('closed', { podSelector: labels('db') })
const deny = (from: object) =>
  admin('a', {
    subject: { namespaces: { matchLabels: { name: 'shop' } } },
    ingress: [{ action: 'Deny', from: [from] }],
  })

describe('what a change cuts', () => {
  test.each([
    ['nothing that is the same', [noEgress], [noEgress], []],
    ['DNS and the API server', [], [noEgress], ['dns denied shop/web', 'kube-apiserver denied shop/web']],
    ['the API server, with DNS allowed', [], [onlyDns], ['kube-apiserver denied shop/web']],
    [
      'DNS, at its own ingress',
      [],
      [netpol('p', { ingress: [] }, 'kube-system')],
      [
        'dns denied shop/web,shop/db,batch/job,edge/gate,ops/prometheus,ops/oriel',
        'gateways denied kube-system/coredns',
        'monitoring denied kube-system/coredns',
        'oriel denied kube-system/coredns',
        'namespace denied kube-system/coredns',
      ],
    ],
    [
      'callers of a database',
      [],
      [closed],
      ['gateways denied shop/db', 'monitoring denied shop/db', 'oriel denied shop/db'],
    ],
    [
      'all but monitoring',
      [],
      [
        netpol('p', {
          podSelector: labels('db'),
          ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: 'ops' } } }] }],
        }),
      ],
      ['gateways denied shop/db'],
    ],
    [
      'a port that is not served',
      [],
      [netpol('p', { podSelector: labels('db'), ingress: [{ ports: [{ port: 1 }] }] })],
      ['gateways denied shop/db', 'monitoring denied shop/db', 'oriel denied shop/db'],
    ],
    ['nothing by opening', [closed], [], []],
  ] as const)('%s', (_name, before, after, wanted) => {
    expect(says(change(before, after))).toEqual(wanted)
  })

  test('a namespace of which nothing gets out any more', () => {
    const answer = change([], [netpol('p', { policyTypes: ['Egress'] }, 'batch')])
    expect(answer.found.find(({ check }) => check === 'namespace')?.message).toBe(
      'Nothing gets out of any workload of namespace batch any more.',
    )
  })

  test('probes are open where an earlier tier denies pods and nodes alike, and nowhere else', () => {
    const all = admin('a', { ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] })
    expect(says(change([], [all])).filter((line) => line.startsWith('kubelet'))).toEqual([])
    expect(says(change([], [closed])).filter((line) => line.startsWith('kubelet'))).toEqual([])
    expect(change([], [closed]).unknown.map(({ check }) => check)).toEqual(['kubelet-probes'])
  })
})

test('a node probes its own pods only, wherever others of the workload run', () => {
  const spread = pod('shop/spread', { labels: { app: 'spread' }, ips: ['10.0.0.8', '10.0.0.9'], nodes: ['n1', 'n2'] })
  const nodes = ['n1', 'n2'].map((name, i) => ({ name, labels: {}, addresses: [`10.9.0.${i + 1}`] }))
  const compile = (objects: readonly ModelObject[]) =>
    compilePolicies(modelOf([spread], objects, { nodes }), { ...defaultOptions, profile: 'calico' })
  const answer = lockOuts(compile([]), compile([netpol('p', { podSelector: labels('spread'), ingress: [] })]))
  expect(says(answer).filter((line) => line.startsWith('kubelet'))).toEqual([])
})

test('a cut is explained by one of its connections', () => {
  const [first] = change([], [noEgress]).found
  expect(first?.message).toBe('shop/web no longer reaches the DNS of the cluster.')
  expect(first?.why.join(' ')).toContain('Denied: shop/web to kube-system/coredns, UDP 53.')
  expect(first?.why.join(' ')).toContain('NetworkPolicy shop/no-egress')
})

test('what is not known is said and not guessed', () => {
  const none: Essentials = { dns: null, apiServer: null, gateways: [], monitoring: [], oriel: [] }
  const answer = lockOuts(compiled([]), compiled([noEgress]), none)
  expect(answer.found).toEqual([])
  expect(answer.unknown.map(({ check }) => check)).toEqual([
    'dns',
    'kube-apiserver',
    'gateways',
    'monitoring',
    'oriel',
    'kubelet-probes',
  ])
})

test('essentials are found by names and labels that installers give', () => {
  const found = essentialsOf(compiled([]).catalogue)
  expect(found.dns?.pods.map(workloadKey)).toEqual(['kube-system/coredns'])
  expect(found.dns?.ports).toEqual([
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ])
  expect(found.apiServer).toEqual({
    ends: [{ type: 'external', address: '198.51.100.1' }],
    ports: [{ protocol: 'TCP', port: 6443 }],
  })
  expect([found.gateways, found.monitoring, found.oriel].map((pods) => pods.map(workloadKey))).toEqual([
    ['edge/gate'],
    ['ops/prometheus'],
    ['ops/oriel'],
  ])
})

test('the deny of a tier of administrators cuts a caller that a policy lets in', () => {
  const open = netpol('p', { podSelector: labels('db'), ingress: [{}] })
  expect(says(change([open], [open, deny({ namespaces: { matchLabels: { name: 'edge' } } })]))).toEqual([
    'gateways denied shop/web,shop/db',
  ])
})

test('a draft catches more than was meant, or less', () => {
  const draft = netpol('draft', { ingress: [fromPods('web')] })
  const caught = alsoCaught(compiled([]), draft, [db, job])
  const names =
    caught && Object.fromEntries(Object.entries(caught).map(([key, found]) => [key, found.map(workloadKey)]))
  expect(names).toEqual({ meant: ['shop/db'], missed: ['batch/job'], also: ['shop/web'], perhaps: [] })
  expect(alsoCaught(compiled([]), netpol('draft', { ingress: 3 }), [db])).toBe(null)
})
