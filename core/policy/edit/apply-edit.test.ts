import { describe, expect, test } from 'vitest'
import { applyEdit } from './apply-edit'
import type { PolicyEdit } from './policy-edit'
import { readDraftText } from './read-draft-text'
import { visualOf } from './visual-of'
import { reports, accounts, edited, lines, first } from './test-edit'

describe('an edit touches its lines only', () => {
  test.each<[string, PolicyEdit, readonly string[]]>([
    [
      'a rule behind the last',
      {
        edit: 'add-rule',
        direction: 'ingress',
        rule: {
          action: 'allow',
          peers: [reports],
          ports: [{ protocol: 'TCP', port: { from: 5432, to: 5432 } }],
          requests: 'everything',
        },
      },
      [
        '+    - from:',
        '+        - namespaceSelector:',
        '+            matchLabels: { kubernetes.io/metadata.name: data }',
        '+          podSelector:',
        '+            matchLabels: { app: reports }',
        '+      ports: [{ protocol: TCP, port: 5432 }]',
      ],
    ],
    [
      'a peer',
      { edit: 'add-peer', rule: first, peer: reports },
      [
        '+        - namespaceSelector:',
        '+            matchLabels: { kubernetes.io/metadata.name: data }',
        '+          podSelector:',
        '+            matchLabels: { app: reports }',
      ],
    ],
    [
      'a port in brackets',
      { edit: 'add-port', rule: first, port: { protocol: 'UDP', port: { name: 'dns' } } },
      ['-      ports: [{ port: 5432 }]', '+      ports: [{ port: 5432 }, { protocol: UDP, port: dns }]'],
    ],
    ['every port', { edit: 'set-ports', rule: first, ports: 'everything' }, ['-      ports: [{ port: 5432 }]']],
    [
      'the subject',
      { edit: 'set-subject-labels', pods: { terms: [{ key: 'app', op: 'in', values: ['postgres'] }] } },
      ['-    matchLabels: { app: accounts-postgres }', '+    matchLabels: { app: postgres }'],
    ],
    [
      'another direction',
      { edit: 'set-isolation', direction: 'egress', isolates: true },
      ['-  policyTypes: [Ingress]', '+  policyTypes: [Ingress, Egress]'],
    ],
    [
      'the name, beside its comment',
      { edit: 'rename', name: 'db' },
      ['-  name: accounts-postgres # the database', '+  name: db # the database'],
    ],
    [
      'the peer of a rule',
      {
        edit: 'replace-peer',
        rule: first,
        peer: [...first, 'from', 0],
        by: { is: 'range', cidrs: ['10.0.0.0/8'], except: [] },
      },
      [
        '-        - podSelector:',
        '-            matchExpressions:',
        '-              - { key: app, operator: In, values: [identity, profiles] }',
        '+        - ipBlock:',
        '+            cidr: 10.0.0.0/8',
      ],
    ],
  ])('%s', (_, edit, wanted) => {
    const after = edited(accounts, edit)
    expect(lines(accounts, after)).toEqual(wanted)
  })

  test('the last rule goes, after which nobody is let in, and comments stay', () => {
    const after = edited(accounts, { edit: 'remove-rule', rule: first })
    expect(after).toContain('  policyTypes: [Ingress]\n  ingress: []\n    # owners of this data\n    # the end\n')
  })

  test('a rule that was put in goes again and leaves the text as it was', () => {
    const rule = { action: 'allow', peers: [reports], ports: 'everything', requests: 'everything' } as const
    const after = edited(accounts, { edit: 'add-rule', direction: 'ingress', rule, at: 0 })
    expect(edited(after, { edit: 'remove-rule', rule: first })).toBe(accounts)
  })

  test('the last peer takes its rule along, so that the rule does not let everybody in', () => {
    const after = edited(accounts, { edit: 'remove-peer', rule: first, peer: [...first, 'from', 0] })
    const [object] = readDraftText(after).objects
    expect(object?.object.spec).toMatchObject({ ingress: [], policyTypes: ['Ingress'] })
  })

  test('the last port stays', () => {
    const edit: PolicyEdit = { edit: 'remove-port', rule: first, port: [...first, 'ports', 0] }
    expect(applyEdit(accounts, 0, edit)).toMatchObject({ refused: expect.stringContaining('every port') })
  })

  test('what changed is told', () => {
    const done = applyEdit(accounts, 0, { edit: 'rename', name: 'db' })
    if ('refused' in done) throw new Error(done.refused)
    expect(done.changed.map(({ from, to }) => done.text.slice(from, to))).toEqual(['db'])
  })

  test('other documents stay, whatever they are', () => {
    const text = `# first\n---\n{}\n--- # second\n${accounts}---\nfoo: [1,\n  2]\n...\n`
    const after = edited(text, { edit: 'rename', name: 'db' }, 1)
    expect(after).toBe(text.replace('name: accounts-postgres #', 'name: db #'))
  })
})

describe('what is shared is not changed', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a, namespace: shop }
spec:
  podSelector: {}
  ingress:
    - from: &peers
        - podSelector: {}
    - from: *peers
      ports:
        - port: 80
`
  const rule = ['spec', 'ingress', 1]

  test.each([0, 1])('by an anchor: rule %s', (i) => {
    const edit: PolicyEdit = { edit: 'add-peer', rule: ['spec', 'ingress', i], peer: reports }
    expect(applyEdit(text, 0, edit)).toMatchObject({ refused: expect.stringContaining('&peers') })
  })

  test('beside the alias it is', () => {
    const after = edited(text, { edit: 'add-port', rule, port: { protocol: 'TCP', port: { from: 81, to: 90 } } })
    expect(lines(text, after)).toEqual(['+        - protocol: TCP', '+          port: 81', '+          endPort: 90'])
  })

  test('a rule with the alias goes, one with the anchor stays', () => {
    expect(lines(text, edited(text, { edit: 'remove-rule', rule }))).toEqual([
      '-    - from: *peers',
      '-      ports:',
      '-        - port: 80',
    ])
    expect(applyEdit(text, 0, { edit: 'remove-rule', rule: first })).toHaveProperty('refused')
  })
})

describe('moving', () => {
  test('a rule takes its comment along', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a }
spec:
  podSelector: {}
  ingress:
    # web
    - from: [{ podSelector: {} }]
    # metrics
    - ports: [{ port: 9090 }]
  egress: []
`
    const after = edited(text, { edit: 'move-rule', rule: ['spec', 'ingress', 1], to: 0 })
    expect(after).toContain(
      '  ingress:\n    # metrics\n    - ports: [{ port: 9090 }]\n    # web\n    - from: [{ podSelector: {} }]\n  egress',
    )
    expect(edited(after, { edit: 'move-rule', rule: ['spec', 'ingress', 1], to: 0 })).toBe(text)
  })
})

test('isolation of a direction is told from having no rules', () => {
  const side = (spec: string) => {
    const [object] = readDraftText(
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: ${spec}`,
    ).objects
    return object && visualOf(object.object)?.sides.map(({ reach }) => reach)
  }
  expect(side('{podSelector: {}}')).toEqual(['nobody', 'not-governed'])
  expect(side('{podSelector: {}, ingress: [{}]}')).toEqual(['anybody', 'not-governed'])
  expect(side('{podSelector: {}, egress: [{ports: [{port: 1}]}]}')).toEqual(['nobody', 'some'])
  expect(side('{podSelector: {}, policyTypes: [Egress], ingress: [{}]}')).toEqual(['not-governed', 'nobody'])
})

test('the last egress rule goes and egress stays isolated', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a }
spec:
  podSelector: {}
  egress:
    - ports: [{ port: 1 }]
`
  const [object] = readDraftText(edited(text, { edit: 'remove-rule', rule: ['spec', 'egress', 0] })).objects
  expect(object?.object.spec).toEqual({ podSelector: {}, egress: [], policyTypes: ['Ingress', 'Egress'] })
})
