import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inScope, type Scope } from '../scope'
import { asMemberOf, type Grant, limitRights, rightsOf, roles } from './rights'

const teams = new Map([
  ['store', new Set(['c/shop', 'c/cart'])],
  ['money', new Set(['c/ledger', 'c/shared'])],
  ['rates', new Set(['c/shared'])],
])
const everyPair = [...new Set([...teams.values()].flatMap((pairs) => [...pairs]))]
const shown = (scope: Scope) => (scope.all ? 'all' : [...scope.pairs].sort())
const grant = (role: Grant['role'], group: string, of: Grant['teams']): Grant => ({ role, groups: [group], teams: of })

describe('rights of groups', () => {
  it.each<[string, readonly Grant[], string | readonly string[], string | readonly string[]]>([
    ['nobody’s group', [grant('viewer', 'others', ['store'])], [], []],
    ['a viewer of a team', [grant('viewer', 'me', ['store'])], ['c/cart', 'c/shop'], []],
    ['an editor of a team', [grant('editor', 'me', ['money'])], ['c/ledger', 'c/shared'], ['c/ledger', 'c/shared']],
    [
      'what two teams have',
      [grant('viewer', 'me', ['money']), grant('editor', 'me', ['rates'])],
      ['c/ledger', 'c/shared'],
      ['c/shared'],
    ],
    [
      'a viewer of all, editor of one',
      [grant('viewer', 'me', null), grant('editor', 'me', ['money'])],
      'all',
      ['c/ledger', 'c/shared'],
    ],
    [
      'two teams',
      [grant('viewer', 'me', ['store']), grant('viewer', 'me', ['money'])],
      ['c/cart', 'c/ledger', 'c/shared', 'c/shop'],
      [],
    ],
    ['a team that has no namespace', [grant('viewer', 'me', ['gone'])], [], []],
    ['an admin of one team', [grant('admin', 'me', ['store'])], 'all', 'all'],
  ])('%s', (_, grants, sees, edits) => {
    const rights = rightsOf(['me'], grants, teams)
    expect([shown(rights.sees), shown(rights.edits)]).toEqual([sees, edits])
  })

  const anyGrant = fc.record({
    role: fc.constantFrom(...roles),
    groups: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
    teams: fc.option(fc.array(fc.constantFrom('store', 'money'), { maxLength: 2 })),
  })

  it('never shrink with a further group or grant, and nobody edits what they do not see', () => {
    const pairs = [...everyPair, 'c/nobodys'].map((pair) => {
      const [cluster = '', namespace = ''] = pair.split('/')
      return { cluster, namespace }
    })
    const groups = fc.subarray(['a', 'b', 'c'])
    fc.assert(
      fc.property(fc.array(anyGrant), anyGrant, groups, groups, (grants, more, some, others) => {
        const less = rightsOf(some, grants, teams)
        const all = rightsOf([...some, ...others], [...grants, more], teams)
        for (const pair of pairs) {
          if (inScope(less.sees, pair)) expect(inScope(all.sees, pair)).toBe(true)
          if (inScope(less.edits, pair)) expect(inScope(all.edits, pair)).toBe(true)
          if (inScope(all.edits, pair)) expect(inScope(all.sees, pair)).toBe(true)
        }
      }),
    )
  })

  it('look on as a team with no more than their own', () => {
    const mine = rightsOf(['me'], [grant('viewer', 'me', ['store'])], teams)
    expect(shown(asMemberOf(mine, 'money', teams).sees)).toEqual([])
    expect(shown(asMemberOf(rightsOf(['me'], [grant('admin', 'me', null)], teams), 'money', teams).sees)).toEqual([
      'c/ledger',
      'c/shared',
    ])
    expect(asMemberOf(rightsOf(['me'], [grant('admin', 'me', null)], teams), 'money', teams).admin).toBe(false)
  })

  it('come from no group of the clusters themselves', () => {
    for (const group of ['system:masters', ' System:authenticated'])
      expect(rightsOf([group], [grant('admin', group, null)], teams)).toMatchObject({ admin: false, teams: [] })
  })

  it.each<[string, Grant, Parameters<typeof limitRights>[1], string | readonly string[], string | readonly string[]]>([
    ['a viewer', grant('editor', 'me', ['store']), { role: 'viewer', teams: null }, ['c/cart', 'c/shop'], []],
    ['a team', grant('editor', 'me', null), { role: 'editor', teams: ['rates'] }, ['c/shared'], ['c/shared']],
    ['a team of others', grant('editor', 'me', ['store']), { role: 'admin', teams: ['money'] }, [], []],
    ['no team', grant('admin', 'me', null), { role: 'admin', teams: [] }, [], []],
    ['all that an admin has', grant('admin', 'me', null), { role: 'editor', teams: null }, 'all', 'all'],
  ])('cut down to %s', (_, own, limit, sees, edits) => {
    const rights = limitRights(rightsOf(['me'], [own], teams), limit, teams)
    expect([shown(rights.sees), shown(rights.edits), rights.admin]).toEqual([sees, edits, false])
  })

  it('are never more after a limit than before it', () => {
    const limits = fc.record({
      role: fc.constantFrom(...roles),
      teams: fc.option(fc.subarray(['store', 'money', 'rates', 'gone'])),
    })
    fc.assert(
      fc.property(fc.array(anyGrant), limits, (grants, limit) => {
        const before = rightsOf(['a'], grants, teams)
        const after = limitRights(before, limit, teams)
        expect(after.admin && !before.admin).toBe(false)
        for (const pair of everyPair) {
          const [cluster = '', namespace = ''] = pair.split('/')
          for (const scope of ['sees', 'edits'] as const)
            if (inScope(after[scope], { cluster, namespace }))
              expect(inScope(before[scope], { cluster, namespace })).toBe(true)
        }
      }),
    )
  })
})
