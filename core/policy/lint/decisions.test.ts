import { expect, test } from 'vitest'
import { type Case, every, egress, toDb, block, spaces, rules, from, one, testCases } from './test-cases'
import { admin, agent, db, dns, fromPods, job, labels, messagesOf, netpol, web, lintOf } from './test-lint'

const cases: readonly Case[] = [
  ['a selector with a typo', 'selects-nothing', one({ podSelector: labels('wbe') }), ['warning p']],
  ['a selector that fits', 'selects-nothing', one({ podSelector: labels('web') }), []],
  ['a cluster without workloads', 'selects-nothing', { ...one({}), workloads: [] }, []],
  ['a namespace that is not there', 'selects-nothing', { objects: [netpol('p', {}, 'shp')] }, ['warning p']],

  ['an object that cannot be read', 'unreadable', one({ ingress: 3 }), ['error p spec.ingress']],
  ['an object that can', 'unreadable', one({}), []],
  [
    'a peer with a misspelt field',
    'unknown-field',
    one({ ingress: [{ from: [{ podSelecter: {} }] }] }),
    ['warning p spec.ingress[0].from[0].podSelecter'],
  ],
  ['a peer with fields that are known', 'unknown-field', one({ ingress: [{ from: [{ podSelector: {} }] }] }), []],

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
]

testCases(cases)

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
