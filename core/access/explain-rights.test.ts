import { expect, it } from 'vitest'
import { explainRights } from './explain-rights'
import type { Grant } from './rights'

const grants: readonly Grant[] = [
  { role: 'viewer', groups: ['all'], teams: null },
  { role: 'viewer', groups: ['shop', 'helpers'], teams: ['store'] },
  { role: 'editor', groups: ['shop-leads'], teams: ['store'] },
  { role: 'viewer', groups: ['pay'], teams: ['money'] },
  { role: 'admin', groups: ['platform', 'system:masters'], teams: null },
]

it.each([
  ['nobody’s groups', ['others'], []],
  ['no groups', [], []],
  [
    'two groups of one role',
    ['shop', 'helpers', 'pay'],
    [
      { role: 'viewer', team: 'money', groups: ['pay'] },
      { role: 'viewer', team: 'store', groups: ['helpers', 'shop'] },
    ],
  ],
  ['the greater role of a team', ['shop', 'shop-leads'], [{ role: 'editor', team: 'store', groups: ['shop-leads'] }]],
  [
    'everywhere first',
    ['pay', 'all', 'shop-leads'],
    [
      { role: 'editor', team: 'store', groups: ['shop-leads'] },
      { role: 'viewer', team: null, groups: ['all'] },
      { role: 'viewer', team: 'money', groups: ['pay'] },
    ],
  ],
  ['an administrator', ['platform', 'all'], [{ role: 'admin', team: null, groups: ['platform'] }]],
  ['no group of the clusters themselves', ['system:masters'], []],
] as const)('tells why: %s', (_, groups, expected) => {
  expect(explainRights(groups, grants)).toEqual(expected)
})
