import { expect, test } from 'vitest'
import { nextSort, parseSort } from './use-services-state'

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
