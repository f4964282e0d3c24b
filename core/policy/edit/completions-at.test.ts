import { describe, expect, test } from 'vitest'
import { policyKinds } from '../kinds'
import type { CompletionContext } from './completion'
import { completionsAt } from './completions-at'
import { newKinds, newPolicy } from './new-policy'
import { objectText } from './object-text'
import { readDraftText } from './read-draft-text'
import { schemaOf } from './schema/schema-of'
import { visualOf } from './visual-of'

const context: CompletionContext = {
  namespaces: ['shop', 'data'],
  labels: { app: ['web', 'db'], tier: ['front'] },
  namespaceLabels: { 'kubernetes.io/metadata.name': ['shop', 'data'] },
  ports: [80, 'http'],
  tiers: ['default', 'security'],
}

/** `|` is where the caret stands. */
const offered = (text: string) => {
  const at = text.indexOf('|')
  const found = completionsAt(text.replace('|', ''), at, context)
  return found && found.choices.map(({ label }) => label)
}
const head = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: a\nspec:\n'

describe('what may be written', () => {
  test.each([
    ['fields of a spec', `${head}  |`, ['podSelector', 'policyTypes', 'ingress', 'egress']],
    ['those that are not there', `${head}  podSelector: {}\n  po|\n  ingress: []\n`, ['policyTypes', 'egress']],
    ['fields of a rule', `${head}  ingress:\n    - |\n`, ['from', 'ports']],
    ['in brackets', `${head}  ingress: [{ | }]\n`, ['from', 'ports']],
    ['words of a list', `${head}  policyTypes: [In|]\n`, ['Ingress', 'Egress']],
    ['words of a list in lines', `${head}  policyTypes:\n    - |\n`, ['Ingress', 'Egress']],
    ['labels of pods', `${head}  podSelector:\n    matchLabels:\n      |\n`, ['app', 'tier']],
    ['values of a label', `${head}  podSelector:\n    matchLabels:\n      app: |\n`, ['web', 'db']],
    [
      'values of an expression',
      `${head}  podSelector:\n    matchExpressions:\n      - key: app\n        operator: In\n        values: [|]\n`,
      ['web', 'db'],
    ],
    [
      'labels of namespaces',
      `${head}  ingress:\n    - from:\n        - namespaceSelector:\n            matchLabels:\n              |`,
      ['kubernetes.io/metadata.name'],
    ],
    ['ports', `${head}  ingress:\n    - ports:\n        - port: |\n`, ['80', 'http']],
    ['namespaces', 'kind: NetworkPolicy\nmetadata:\n  namespace: |\n', ['shop', 'data']],
    ['the version of a kind', 'kind: CiliumNetworkPolicy\napiVersion: |\n', ['cilium.io/v2']],
    ['nothing in comments', `${head}  # |\n`, null],
    ['nothing where nothing is known', `${head}  podSelector:\n    matchLabels:\n      other: |\n`, null],
  ])('%s', (_, text, wanted) => {
    expect(offered(text)).toEqual(wanted)
  })

  test('the word at the caret is taken the place of, and a colon is not written twice', () => {
    const text = `${head}  podSel: {}\n`
    const at = text.indexOf('podSel')
    expect(completionsAt(text, at + 3, context)).toMatchObject({
      from: at,
      to: at + 6,
      choices: expect.arrayContaining([expect.objectContaining({ label: 'podSelector', insert: 'podSelector' })]),
    })
  })
})

test('every kind that has a form has a schema, which knows what new objects hold', () => {
  for (const kind of policyKinds) {
    const object = { apiVersion: `${kind.group}/${kind.versions[0]}`, kind: kind.kind, metadata: { name: 'a' } }
    const schema = schemaOf(object)
    if (visualOf(object)) expect([kind.kind, schema.is === 'map' && 'spec' in schema.fields]).toEqual([kind.kind, true])
  }
  for (const kind of newKinds) {
    const text = objectText(
      newPolicy(kind, { name: 'a', namespace: 'shop', labels: { app: 'a' }, isolates: ['ingress'] }),
    )
    const object = readDraftText(text).objects[0]?.object ?? {}
    const schema = schemaOf(object)
    const spec = schema.is === 'map' ? schema.fields.spec?.node : undefined
    const known = spec?.is === 'map' ? Object.keys(spec.fields) : []
    expect(known).toEqual(expect.arrayContaining(Object.keys(Object(object.spec))))
  }
})
