import { expect, it } from 'vitest'
import type { PolicyRef } from '../normal-form'
import { touchedNamespaces } from './touched-namespaces'

const policy = (namespace: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: a${namespace && `, namespace: ${namespace}`} }\n`
const ref = (namespace: string | null): PolicyRef => ({ group: 'g', kind: 'K', namespace, name: 'n' })
const wide = 'apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: { name: a }\n'

it.each<[string, readonly { text: string; ref: PolicyRef | null }[], readonly string[] | null]>([
  ['nothing', [], []],
  [
    'one of each',
    [
      { text: policy('shop'), ref: null },
      { text: policy('cart'), ref: null },
    ],
    ['cart', 'shop'],
  ],
  ['two in one text', [{ text: `${policy('shop')}---\n${policy('bank')}`, ref: null }], ['bank', 'shop']],
  ['an object that was moved to another namespace', [{ text: policy('shop'), ref: ref('bank') }], ['bank', 'shop']],
  ['one that is deleted', [{ text: '', ref: ref('bank') }], ['bank']],
  ['no namespace written', [{ text: policy(''), ref: null }], ['default']],
  ['what cannot be read', [{ text: 'kind: [half', ref: null }], null],
  ['what is no policy', [{ text: 'a: 1', ref: null }], null],
  ['the whole cluster', [{ text: wide, ref: null }], null],
  ['the whole cluster beside a namespace', [{ text: policy('shop'), ref: ref(null) }], null],
])('are those of %s', (_, objects, expected) => expect(touchedNamespaces(objects)).toEqual(expected))
