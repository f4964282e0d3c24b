import { expect, it } from 'vitest'
import { everything, scopeOf } from '../scope'
import { allRights, noRights, type Rights } from './rights'
import { hasRole, roleWords } from './role-words'

const pair = (namespace: string) => ['c', namespace] as const
const shop: Rights = { admin: false, sees: scopeOf([pair('shop')]), edits: scopeOf([]), teams: ['shop'] }

it.each<[string, Rights, boolean, string]>([
  ['an administrator', allRights, true, 'Administrator: sees and changes everything'],
  ['nobody', noRights, false, 'Sees nothing yet, changes nothing'],
  ['a viewer of a team', shop, true, 'Sees what team shop has, changes nothing'],
  [
    'an editor of it',
    { ...shop, edits: shop.sees },
    true,
    'Sees what team shop has, may change policies in one namespace',
  ],
  ['a team without namespaces', { ...noRights, teams: ['new'] }, true, 'Sees what team new has, changes nothing'],
  [
    'many teams',
    { ...shop, teams: ['a', 'b', 'c', 'd', 'e'] },
    true,
    'Sees what teams a, b, c and 2 more have, changes nothing',
  ],
  ['a viewer of all', { ...noRights, sees: everything, teams: null }, true, 'Sees everything, changes nothing'],
  [
    'an editor of all',
    { admin: false, sees: everything, edits: everything, teams: null },
    true,
    'Sees everything, may change policies',
  ],
])('%s', (_, rights, has, words) => {
  expect(hasRole(rights)).toBe(has)
  expect(roleWords(rights)).toBe(words)
})
