import { expect, test } from 'vitest'
import { sparkPath } from './sparkline'

test.each([
  ['nothing', [], ''],
  ['unknown alone', [null, null], ''],
  ['zero lies on the ground', [0, 0], 'M0 9L10 9'],
  ['a line', [0, 5, 10], 'M0 9L5 5L10 1'],
  ['a gap breaks it', [10, 10, null, 10, 10], 'M0 1L2.5 1M7.5 1L10 1'],
  ['a value between gaps is a dash', [null, 10, null], 'M3.5 1L6.5 1'],
  ['so is one at an end, as far as there is room', [10, null, 10], 'M0 1L1.5 1M8.5 1L10 1'],
  ['a single step has no course', [10], ''],
])('%s', (_, values, path) => expect(sparkPath(values, 10, 10)).toBe(path))

test('what is small beside the least that the top stands for stays low', () =>
  expect(sparkPath([0, 1, 0], 10, 10, 8)).toBe('M0 9L5 8L10 9'))
