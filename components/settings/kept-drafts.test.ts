import { afterAll, expect, it, vi } from 'vitest'
import type { TeamItem } from '@/core/access/settings-teams'
import { forgetDraft, keepDraft, keptDraft, keptTeam } from './kept-drafts'

const tab = new EventTarget()
vi.stubGlobal('window', tab)
afterAll(() => void vi.unstubAllGlobals())
const asks = () => !tab.dispatchEvent(new Event('beforeunload', { cancelable: true }))

const team = (id: number | null, name: string): TeamItem => ({
  id,
  name,
  from: 'database',
  rules: [],
  viewers: [],
  editors: [],
  namespaces: [],
  version: 1,
  changed: null,
  problem: null,
})
const typed = { name: 'typed', rules: [], viewers: '', editors: '' }
const keep = (of: TeamItem) => keepDraft({ team: of, typed, version: 1, known: '' })

it('keeps the draft of a team through its renaming, until it is forgotten', () => {
  keep(team(1, 'pay'))
  expect(keptDraft(team(1, 'payments'))?.typed.name).toBe('typed')
  expect(keptDraft(team(2, 'pay'))).toBeNull()
  // Whatever page is shown: closing the tab would lose it.
  expect(asks()).toBe(true)
  forgetDraft(team(1, 'payments'))
  expect(keptDraft(team(1, 'pay'))).toBeNull()
  expect(asks()).toBe(false)
})

it('finds the team of a draft by name, which a deleted team has in no list', () => {
  keep(team(3, 'gone'))
  expect(keptTeam('gone')?.id).toBe(3)
  expect(keptTeam(null)).toBeNull()
})

it('takes no new team for one of that name', () => {
  keep(team(null, 'fresh'))
  expect(keptTeam('fresh')).toBeNull()
  expect(keptDraft(team(null, 'fresh'))).not.toBeNull()
  expect(keptDraft(team(null, ''))).toBeNull()
})
