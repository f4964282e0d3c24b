import { expect, test } from 'vitest'
import { movedRow } from './use-row-keys'

test.each([
  ['ArrowDown', 0, 5, 1],
  ['ArrowDown', 4, 5, 4],
  ['ArrowUp', 0, 5, 0],
  ['PageDown', 1, 5, 4],
  ['Home', 3, 5, 0],
  ['End', 0, 5, 4],
  ['x', 0, 5, null],
  ['ArrowDown', 0, 0, null],
])('%s from row %s of %s goes to %s', (key, from, count, to) => expect(movedRow(key, from, count)).toBe(to))
