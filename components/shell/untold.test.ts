import { expect, test } from 'vitest'
import { untoldWords } from './untold'

const first = Date.parse('2026-05-04T10:00:00Z')
const hour = 3_600_000
const sources = [
  { cluster: 'c', firstEventAt: first + hour },
  { cluster: 'c', firstEventAt: first },
  { cluster: 'c', firstEventAt: null },
]

test('a time before anything was told is not recorded, and is no quiet time', () => {
  expect(untoldWords(sources, { from: first - 2 * hour, to: first }, first + 9 * hour)).toMatch(
    /^No source told anything before 2026-05-0\d \d\d:00\.$/,
  )
})

test('a time that has not come is told so', () => {
  expect(untoldWords(sources, { from: first + 10 * hour, to: first + 11 * hour }, first + 9 * hour)).toBe(
    'This time has not come yet.',
  )
})

test('of a time of which a source told a part quiet may be said', () => {
  const window = { from: first - hour, to: first + 1 }
  expect(untoldWords(sources, window, first + 9 * hour)).toBeNull()
  expect(untoldWords([], window, first + 9 * hour)).toBeNull()
})
