import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NamespaceRule } from './team'
import { type KnownNamespace, type KnownNamespaces, namespacesOfRules, teamNamespaces } from './team-namespaces'

const namespace = (cluster: string, name: string, labels: KnownNamespace['labels'] = {}): KnownNamespace => ({
  cluster,
  namespace: name,
  labels,
})
const known: KnownNamespaces = {
  clusters: ['east', 'west'],
  namespaces: [
    namespace('east', 'shop', { team: 'store' }),
    namespace('east', 'pay-eu', { team: 'money', env: 'prod' }),
    namespace('east', 'pay-us', { team: 'money', env: 'stage' }),
    namespace('west', 'pay-eu', { env: 'prod' }),
    namespace('west', 'unlisted', null),
    namespace('west', ''),
    namespace('west', 'a/b', {}),
  ],
}
const shown = (rules: readonly NamespaceRule[]) => [...namespacesOfRules(rules, known)].sort()

describe('namespaces of rules', () => {
  it.each<[string, readonly NamespaceRule[], readonly string[]]>([
    ['none', [], []],
    ['a name in every cluster', [{ cluster: null, name: 'shop' }], ['east/shop', 'west/shop']],
    ['a name of one cluster', [{ cluster: 'east', name: 'shop' }], ['east/shop']],
    ['a name that nothing tells of', [{ cluster: 'north', name: 'new' }], ['north/new']],
    ['a glob', [{ cluster: null, name: 'pay-*' }], ['east/pay-eu', 'east/pay-us', 'west/pay-eu']],
    ['a glob of one cluster', [{ cluster: 'west', name: 'pay-*' }], ['west/pay-eu']],
    ['a glob of a cluster that is not known', [{ cluster: 'north', name: '*' }], []],
    [
      'all, but what is in no namespace',
      [{ cluster: null, name: '*' }],
      ['east/pay-eu', 'east/pay-us', 'east/shop', 'west/pay-eu', 'west/unlisted'],
    ],
    ['an empty name', [{ cluster: null, name: '' }], []],
    ['a name with a slash', [{ cluster: null, name: 'a/b' }], []],
    ['a selector', [{ cluster: null, selector: 'env=prod' }], ['east/pay-eu', 'west/pay-eu']],
    ['a selector of one cluster', [{ cluster: 'east', selector: 'env=prod' }], ['east/pay-eu']],
    ['nothing by labels that are not known', [{ cluster: 'west', selector: '!team' }], ['west/pay-eu']],
    ['nothing by a selector that cannot be read', [{ cluster: null, selector: 'a in' }], []],
    [
      'what any rule says',
      [
        { cluster: 'east', name: 'shop' },
        { cluster: null, selector: 'env=stage' },
      ],
      ['east/pay-us', 'east/shop'],
    ],
  ])('%s', (_, rules, expected) => {
    expect(shown(rules)).toEqual(expected)
  })

  it('may be of several teams at once, and of two parts of one team', () => {
    const teams = [
      { name: 'money', namespaces: [{ cluster: null, name: 'pay-*' }] },
      { name: 'europe', namespaces: [{ cluster: null, name: '*-eu' }] },
      { name: 'money', namespaces: [{ cluster: 'east', name: 'shop' }] },
    ]
    const found = teamNamespaces(teams, known)
    expect([...(found.get('europe') ?? [])].sort()).toEqual(['east/pay-eu', 'west/pay-eu'])
    expect([...(found.get('money') ?? [])].sort()).toEqual(['east/pay-eu', 'east/pay-us', 'east/shop', 'west/pay-eu'])
  })
})

const word = fc.constantFrom('a', 'b', 'ab', 'ba')
const cluster = fc.constantFrom('east', 'west')
const labels = fc.option(fc.dictionary(fc.constantFrom('k', 'l'), word, { maxKeys: 2 }))
const anyNamespace = fc.record({ cluster, namespace: word, labels })
const anyRule: fc.Arbitrary<NamespaceRule> = fc.oneof(
  fc.record({ cluster: fc.option(cluster), name: fc.constantFrom('a', 'ab', 'a*', '*b', '*') }),
  fc.record({
    cluster: fc.option(cluster),
    selector: fc.constantFrom('k=a', 'k!=a', '!l', 'k in (a,b),l', 'broken ('),
  }),
)

describe('rules as laws', () => {
  const clusters = ['east', 'west']
  it('each adds, none takes away, and their order is nothing', () => {
    fc.assert(
      fc.property(fc.array(anyRule), fc.array(anyRule), fc.array(anyNamespace), (some, more, namespaces) => {
        const of = (rules: readonly NamespaceRule[]) => namespacesOfRules(rules, { clusters, namespaces })
        expect(of([...some, ...more])).toEqual(new Set([...of(some), ...of(more)]))
        expect([...of([...some, ...more])].sort()).toEqual([...of([...more, ...some])].sort())
      }),
    )
  })

  it('what a team has does not depend on other namespaces', () => {
    fc.assert(
      fc.property(anyRule, fc.array(anyNamespace), anyNamespace, (rule, namespaces, one) => {
        const alone = namespacesOfRules([rule], { clusters, namespaces: [one] })
        const together = namespacesOfRules([rule], { clusters, namespaces: [...namespaces, one] })
        for (const pair of alone) expect(together).toContain(pair)
      }),
    )
  })
})
