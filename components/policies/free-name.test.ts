import { expect, test } from 'vitest'
import { freeName } from './free-name'

test.each([
  ['web', [], 120, 'web'],
  ['web', ['Web', 'api'], 120, 'web'],
  ['web', ['web'], 120, 'web (2)'],
  ['web', ['web', 'web (2)', 'web (4)'], 120, 'web (3)'],
  ['webhooks', [], 3, 'web'],
  ['webhooks', ['webho'], 5, 'w (2)'],
  ['a b', [], 2, 'a'],
] as const)('%s beside %j, of at most %i characters, is %s', (wanted, taken, most, name) => {
  expect(freeName(wanted, taken, most)).toBe(name)
})
