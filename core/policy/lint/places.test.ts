import { type Case, egress, block, rules, service, staged, calico, one, testCases, toDb, from } from './test-cases'
import { labels, netpol } from './test-lint'

const cases: readonly Case[] = [
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
    'a priority that another has too',
    'shared-priority',
    { objects: [rules('a', { action: 'Deny', ...from }), rules('b', { action: 'Deny', ...from })] },
    ['info b spec.priority'],
  ],
  [
    'a priority of those that contradict each other',
    'shared-priority',
    { objects: [rules('a', { action: 'Deny', ...from }), rules('b', { action: 'Accept', ...from })] },
    [],
  ],
  [
    'an order that two others have too',
    'shared-priority',
    {
      objects: ['a', 'b', 'c'].map((name) => calico(name, { order: 5, ingress: [{ action: 'Allow' }] })),
    },
    ['info b spec.order', 'info c spec.order'],
  ],
  ['orders apart', 'shared-priority', { objects: [calico('a', { order: 5 }), calico('b', { order: 6 })] }, []],
  ['no order at all', 'shared-priority', { objects: [calico('a', {}), calico('b', {})] }, []],

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

testCases(cases)
