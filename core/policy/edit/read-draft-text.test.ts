import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { suiteFolder } from '../test-model'
import { applyEdit } from './apply-edit'
import { readDraftText, rangeOfPath } from './read-draft-text'
import { visualOf } from './visual-of'

const problems = (text: string) =>
  readDraftText(text).problems.map(
    ({ from, to, message, severity }) => `${severity} ${text.slice(from, to)}: ${message}`,
  )

describe('problems stand where they are', () => {
  test.each([
    ['a: [', [expect.stringMatching(/^error .*/)]],
    ['- 1\n', ['error - 1: is no object']],
    ['kind: Foo\napiVersion: v1\n', ['hint Foo: Foo is not read here and shown as YAML only']],
    ['', []],
    ['# only\n', []],
  ])('%s', (text, wanted) => {
    expect(problems(text)).toEqual(wanted)
  })

  test('of fields, of missing ones and of ones that are not known', () => {
    const text = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: A b
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: "-"
  later: 1
  ingress:
    - ports:
        - port: 70000
    - from:
        - ipBlock: {}
`
    expect(problems(text)).toEqual([
      'error A b: metadata.name "A b" is no name',
      'error "-": spec.podSelector.matchLabels.app.kubernetes.io/name "-" is no label value',
      'error 70000: spec.ingress[0].ports[0].port must be between 1 and 65535',
      expect.stringMatching(/^error ipBlock:: spec\.ingress\[1\]\.from\[0\]\.ipBlock\.cidr/),
    ])
    const known = text
      .replace('A b', 'a')
      .replace('"-"', 'a')
      .replace('70000', '7')
      .replace('{}', '{ cidr: 10.0.0.0/8 }')
    expect(problems(known)).toEqual(['hint 1: spec.later is not known here; it is kept'])
  })
})

test('parts are found in the text', () => {
  const text =
    'apiVersion: v1\nkind: List\nitems:\n  - kind: NetworkPolicy\n    apiVersion: networking.k8s.io/v1\n    metadata: {name: a} # x\n'
  const range = rangeOfPath(text, 0, ['metadata'])
  expect(range && text.slice(range.from, range.to)).toBe('metadata: {name: a}')
  expect(rangeOfPath(text, 0, ['spec'])).toBeNull()
  const done = applyEdit(text, 0, { edit: 'rename', name: 'b' })
  expect(done).toMatchObject({ text: text.replace('name: a}', 'name: b}') })
})

const folders = ['recipes', 'cluster-topology-analyzer', 'policy-assistant', 'k8s-validation', 'cilium'].flatMap(
  (name) => suiteFolder(name) ?? [],
)

describe.skipIf(folders.length === 0)('manifests of others', () => {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .map((name) => join(folder, name)),
  )

  test('are shown, and edited there and back leave no trace', { timeout: 120_000 }, () => {
    let shown = 0
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      if (text.length > 60_000) continue
      const draft = readDraftText(text)
      expect(draft.text).toBe(text)
      for (const { index, object } of draft.objects) {
        const visual = visualOf(object)
        if (
          !visual ||
          visual.ref.kind.startsWith('Baseline') ||
          draft.problems.some(({ severity }) => severity === 'error')
        )
          continue
        shown++
        expect(visual.sides.flatMap(({ rules }) => rules).every(({ path }) => rangeOfPath(text, index, path))).toBe(
          true,
        )
        if (index % 6 > 0) continue
        const there = applyEdit(text, index, { edit: 'rename', name: 'other-name' })
        const back = 'text' in there && applyEdit(there.text, index, { edit: 'rename', name: visual.ref.name })
        expect([file, back && 'text' in back && back.text]).toEqual([file, text])
      }
    }
    expect(shown).toBeGreaterThan(40)
  })
})
