import { expect, test } from 'vitest'
import { nextSort, parseSort, parseColumns } from './use-services-state'

test.each([
  ['-rate', { id: 'rate', direction: 'descending' }],
  ['p95', { id: 'p95', direction: 'ascending' }],
  ['constructor', { id: 'health', direction: 'descending' }],
  ['', { id: 'health', direction: 'descending' }],
])('sort=%s', (text, sort) => expect(parseSort(text)).toEqual(sort))

test.each([
  ['-health', 'rate', '-rate'],
  ['-rate', 'rate', 'rate'],
  ['rate', 'rate', '-rate'],
  ['-rate', 'service', 'service'],
])('from %s, a press on %s gives %s', (from, id, to) => expect(nextSort(parseSort(from), id)).toBe(to))

test('columns of a link come in the order of the table; unknown ones are passed over', () => {
  expect(parseColumns(null)).toBeNull()
  expect(parseColumns(['pods', 'rate', 'nonsense'])).toEqual(['rate', 'pods'])
  expect(parseColumns(['nonsense'])).toBeNull()
  expect(parseColumns(['none'])).toEqual([])
})
