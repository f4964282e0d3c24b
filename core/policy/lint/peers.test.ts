import { type Case, toDns, egress, toDb, block, inNamespace, split, calico, one, testCases } from './test-cases'
import { db, fromPods, labels, netpol, web } from './test-lint'

const cases: readonly Case[] = [
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
]

testCases(cases)
