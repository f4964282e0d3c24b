import { expect, it } from 'vitest'
import { everything, scopeOf } from '../scope'
import { allRights, noRights, type Rights, type RightsLimit } from './rights'
import { tokenProblem } from './token-limits'

const shop = scopeOf([['c', 'shop']])
const viewer: Rights = { admin: false, sees: shop, edits: noRights.edits, teams: ['store'] }
const editor: Rights = { ...viewer, edits: shop }
const viewsAll: Rights = { admin: false, sees: everything, edits: noRights.edits, teams: null }

it.each<[string, RightsLimit, Rights, RegExp | null]>([
  ['nobody’s', { role: 'viewer', teams: null }, noRights, /no role/],
  ['a viewer’s', { role: 'viewer', teams: null }, viewer, null],
  ['a viewer’s, of their team', { role: 'viewer', teams: ['store'] }, viewer, null],
  ['a viewer’s, of another team', { role: 'viewer', teams: ['store', 'money'] }, viewer, /Team money/],
  ['a viewer’s that edits', { role: 'editor', teams: null }, viewer, /change no policies/],
  ['an editor’s that edits', { role: 'editor', teams: ['store'] }, editor, null],
  ['an editor’s that is admin', { role: 'admin', teams: null }, editor, /no administrator/],
  ['of who sees all, of any team', { role: 'viewer', teams: ['money'] }, viewsAll, null],
  ['an admin’s', { role: 'admin', teams: null }, allRights, null],
  ['an admin’s, of a team', { role: 'admin', teams: ['store'] }, allRights, /one of everything/],
  [
    'of a member whose team has no namespace yet',
    { role: 'viewer', teams: null },
    { ...noRights, teams: ['new'] },
    null,
  ],
])('a token that is %s', (_, limit, rights, expected) => {
  const problem = tokenProblem(limit, rights)
  if (expected === null) expect(problem).toBeNull()
  else expect(problem).toMatch(expected)
})
