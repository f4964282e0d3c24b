import { expect, it } from 'vitest'
import { createAbsence } from './absence'

const quiet = { connected: false, newest: 1_000_000, oldest: Number.POSITIVE_INFINITY, live: false }
const open = { cluster: 'c1', from: 1_000_000, to: null, cause: 'source_down', lost: null, part: '' }

it.each([
  ['fills the hole with its replay', [1_030_000, 1_000_000, 1_015_000], 1_000_000],
  ['was down itself: the hole ends with its first flow', [1_400_000, 1_415_000], 1_400_000],
])('a Felix that comes back and %s', (_, starts, to) => {
  const absence = createAbsence('c1', 15_000)
  expect(absence.look({ ...quiet, now: 1_000_000 })).toBeNull()
  expect(absence.look({ ...quiet, now: 1_031_000 })).toEqual(open)
  expect(absence.look({ ...quiet, now: 1_040_000 })).toBeNull()
  for (const oldest of starts) expect(absence.look({ ...quiet, connected: true, oldest, now: 1_420_000 })).toBeNull()
  const live = { ...quiet, connected: true, oldest: 1_425_000, live: true, now: 1_440_000 }
  expect(absence.look(live)).toEqual({ ...open, to })
  expect(absence.look(live)).toBeNull()
})

it('a short absence is none: Felix tells its last minutes again', () => {
  const absence = createAbsence('c1', 15_000)
  expect(absence.look({ ...quiet, now: 1_000_000 })).toBeNull()
  expect(absence.look({ ...quiet, connected: true, now: 1_020_000 })).toBeNull()
  expect(absence.look({ ...quiet, now: 1_040_000 })).toBeNull()
})
