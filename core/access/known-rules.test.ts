import { expect, it } from 'vitest'
import { knownPairs, unknownOfRules } from './known-rules'
import type { NamespaceRule } from './team'

const known = {
  clusters: ['east', 'west'],
  namespaces: [
    { cluster: 'east', namespace: 'shop', labels: { team: 'store' } },
    { cluster: 'west', namespace: 'pay', labels: null },
  ],
}
const all = (name: string): NamespaceRule => ({ cluster: null, name })

it.each<[string, readonly NamespaceRule[], readonly string[], readonly NamespaceRule[], readonly string[]]>([
  ['a name that one cluster has', [all('shop')], ['east/shop'], [], []],
  ['a name that none has', [all('shpo')], [], [all('shpo')], []],
  ['one of each', [all('pay'), all('shpo')], ['west/pay'], [all('shpo')], []],
  ['a name of another cluster', [{ cluster: 'west', name: 'shop' }], [], [{ cluster: 'west', name: 'shop' }], []],
  ['a name of a cluster that is not known', [{ cluster: 'north', name: 'shop' }], [], [], ['north']],
  ['stars of a cluster that is not known', [{ cluster: 'north', name: '*' }], [], [], ['north']],
  ['stars that fit nothing', [all('x*')], [], [], []],
  ['labels that fit nothing', [{ cluster: null, selector: 'team=x' }], [], [], []],
])('of %s', (_, rules, pairs, names, clusters) => {
  expect([...knownPairs(rules, known)]).toEqual(pairs)
  expect(unknownOfRules(rules, known)).toEqual({ rules: names, clusters })
})
