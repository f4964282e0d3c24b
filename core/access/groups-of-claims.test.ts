import { expect, it } from 'vitest'
import { groupsOfClaims } from './groups-of-claims'
import { type GroupsClaim, mostGroups } from './identity'

const cases: readonly [what: string, claims: Record<string, unknown>, path: string, expected: GroupsClaim][] = [
  ['a list', { groups: ['a', 'b'] }, 'groups', { groups: ['a', 'b'] }],
  ['one text', { groups: 'a' }, 'groups', { groups: ['a'] }],
  ['an empty list is no group, and known', { groups: [] }, 'groups', { groups: [] }],
  ['a path', { realm_access: { roles: ['a'] } }, 'realm_access.roles', { groups: ['a'] }],
  ['a name with dots before a path', { 'https://x.org/groups': ['a'] }, 'https://x.org/groups', { groups: ['a'] }],
  ['twice the same', { groups: ['a', 'a'] }, 'groups', { groups: ['a'] }],
  ['empty and endless names', { groups: ['', 'x'.repeat(257), 'b'] }, 'groups', { groups: ['b'] }],
  ['nothing', {}, 'groups', { missing: 'absent' }],
  ['null', { groups: null }, 'groups', { missing: 'absent' }],
  ['not of the prototype', {}, 'toString', { missing: 'absent' }],
  ['not of the prototype below', { a: {} }, 'a.constructor.name', { missing: 'absent' }],
  ['too many for a token', { _claim_names: { groups: 'src1' } }, 'groups', { missing: 'overage' }],
  ['too many for a cookie', { hasgroups: true }, 'groups', { missing: 'overage' }],
  ['numbers', { groups: [1] }, 'groups', { missing: 'malformed' }],
  ['an object', { groups: { a: true } }, 'groups', { missing: 'malformed' }],
  [
    'more than anybody has',
    { groups: Array.from({ length: mostGroups + 1 }, String) },
    'groups',
    { missing: 'too-many' },
  ],
]

it.each(cases)('reads groups of a token: %s', (_, claims, path, expected) => {
  expect(groupsOfClaims(claims, path)).toEqual(expected)
})
