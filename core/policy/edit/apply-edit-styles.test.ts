import { describe, expect, test } from 'vitest'
import type { PolicyEdit } from './policy-edit'
import { readDraftText } from './read-draft-text'
import { reports, accounts, edited, lines, first } from './test-edit'

describe('styles', () => {
  test('dashes below their key, quotes and steps as they are', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
    name: "a"
spec:
    podSelector: {}
    ingress:
    - ports:
      - port: 80
`
    const after = edited(text, { edit: 'add-peer', rule: first, peer: reports })
    expect(lines(text, after)).toEqual([
      '-    - ports:',
      '+    - from:',
      '+      - namespaceSelector:',
      '+            matchLabels:',
      '+                kubernetes.io/metadata.name: data',
      '+        podSelector:',
      '+            matchLabels:',
      '+                app: reports',
      '+      ports:',
    ])
    expect(edited(text, { edit: 'rename', name: 'b' })).toContain('name: "b"')
  })

  test('pretty JSON', () => {
    const text = JSON.stringify(readDraftText(accounts).objects[0]?.object, null, 2)
    const after = edited(text, { edit: 'add-peer', rule: first, peer: reports })
    expect(JSON.stringify(JSON.parse(after), null, 2)).toBe(after)
  })

  test('JSON in one line', () => {
    const text = JSON.stringify(readDraftText(accounts).objects[0]?.object)
    const after = edited(text, { edit: 'add-peer', rule: first, peer: reports })
    expect(JSON.stringify(JSON.parse(after))).toBe(after)
  })

  test('line ends of Windows, and no line end at the end', () => {
    const text = accounts.replace('    # the end\n', '').trimEnd().replaceAll('\n', '\r\n')
    const after = edited(text, {
      edit: 'add-rule',
      direction: 'ingress',
      rule: { action: 'allow', peers: [reports], ports: 'everything', requests: 'everything' },
    })
    expect(after.startsWith(text)).toBe(true)
    expect(after.replaceAll('\r\n', '')).not.toContain('\n')
    expect(after.endsWith('\n')).toBe(false)
  })
})

describe('comments stay where they are', () => {
  const spec = (rest: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a }\nspec:\n  podSelector: {}\n${rest}`
  const rule = { action: 'allow', peers: [reports], ports: 'everything', requests: 'everything' } as const
  const add: PolicyEdit = { edit: 'add-rule', direction: 'ingress', rule }

  test.each([
    ['behind a key without a value', '  ingress: # later\n', '  ingress: # later\n    - from:\n'],
    ['behind an empty list', '  ingress: [] # nobody\n  egress: []', '  ingress: # nobody\n    - from:\n'],
    [
      'behind an item in brackets',
      '  ingress: [\n    {}, # all\n  ]\n',
      '    {}, # all\n    { from: [{ namespaceSelector: { matchLabels: ',
    ],
    [
      'behind the last of them',
      '  ingress: [\n    {} # all\n  ]\n',
      '    {}, # all\n    { from: [{ namespaceSelector: ',
    ],
  ])('%s', (_, before, after) => {
    expect(edited(spec(before), add)).toContain(after)
  })
})
