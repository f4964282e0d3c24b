import { expect, it } from 'vitest'
import { isDue, reduceSaving, type Saving, type SavingAction, unsaved } from './saving'

const after = (...actions: readonly SavingAction[]): Saving => actions.reduce(reduceSaving, unsaved)
const draft = { id: 1, name: 'd', version: 2 }

it('is due while a newer revision is not saved, and not while it is being saved', () => {
  expect(isDue(unsaved, 0)).toBe(false)
  expect(isDue(unsaved, 1)).toBe(true)
  expect(isDue(after({ type: 'begun' }), 1)).toBe(false)
  expect(isDue(after({ type: 'begun' }, { type: 'saved', draft, revision: 1, at: 5 }), 1)).toBe(false)
  expect(isDue(after({ type: 'begun' }, { type: 'saved', draft, revision: 1, at: 5 }), 2)).toBe(true)
})

it('tries again after a failure and stops at a conflict', () => {
  expect(isDue(after({ type: 'begun' }, { type: 'failed', error: 'away' }), 1)).toBe(true)
  expect(isDue(after({ type: 'conflict', theirs: { version: 3, by: 'Anna', at: 1 } }), 1)).toBe(false)
})

it('is a draft of its own when it was copied', () => {
  const saving = after(
    { type: 'saved', draft, revision: 1, at: 5 },
    { type: 'conflict', theirs: { version: 3, by: 'Anna', at: 1 } },
    { type: 'copied' },
  )
  expect(saving.draft).toBeNull()
  expect(isDue(saving, 1)).toBe(true)
})
