import { expect, test } from 'vitest'
import type { OperationFigures } from '@/core/operations/operations'
import { codesLine, operationsHead, shortName } from './operation-words'
import { nextOperationSort, parseOperationSort, sortOperations } from './sort-operations'

const operation = (
  name: string,
  requestRate: number | null,
  parts: Partial<OperationFigures> = {},
): OperationFigures => ({
  name,
  l7: 'http',
  health: 'healthy',
  why: '',
  requests: null,
  requestRate,
  responses: null,
  clientErrors: null,
  serverErrors: null,
  errorRatio: null,
  p50: null,
  p95: null,
  p99: null,
  codes: [],
  ...parts,
})

test.each([
  ['-rate', ['c', 'a', 'b', '(other)', '']],
  ['rate', ['a', 'c', 'b', '(other)', '']],
  ['name', ['a', 'b', 'c', '(other)', '']],
  ['-name', ['c', 'b', 'a', '(other)', '']],
  ['-nonsense', ['c', 'a', 'b', '(other)', '']],
])('by %s; what is unknown, the rest and what is not told stay last', (sort, names) => {
  const rows = [operation('', 99), operation('(other)', 98), operation('b', null), operation('a', 1), operation('c', 3)]
  expect(sortOperations(rows, parseOperationSort(sort)).map(({ name }) => name)).toEqual(names)
})

test('a press on a head starts with the largest, a second turns it round', () => {
  expect(nextOperationSort(parseOperationSort('-rate'), 'p95')).toBe('-p95')
  expect(nextOperationSort(parseOperationSort('-p95'), 'p95')).toBe('p95')
  expect(nextOperationSort(parseOperationSort('-rate'), 'name')).toBe('name')
})

test('the head says what the names are where all are of one kind', () => {
  expect(operationsHead([operation('a', 1)])).toBe('Route')
  expect(operationsHead([operation('a', 1, { l7: 'grpc' }), operation('', 1)])).toBe('Method')
  expect(operationsHead([operation('a', 1, { l7: 'grpc' }), operation('b', 1)])).toBe('Operation')
})

test('a method is shown without its package, a route whole', () => {
  expect(shortName(operation('payments.v1.Payments/Authorize', 1, { l7: 'grpc' }))).toBe('Payments/Authorize')
  expect(shortName(operation('Cart/Get', 1, { l7: 'grpc' }))).toBe('Cart/Get')
  expect(shortName(operation('GET /shop.v1/x', 1))).toBe('GET /shop.v1/x')
})

test('codes in one line', () => {
  const code = (name: string, share: number) => ({ l7: 'grpc' as const, code: name, responses: 1, share, blame: null })
  expect(codesLine([code('OK', 0.939), code('UNAVAILABLE', 0.059), code('', 0.002)], 2)).toBe(
    'OK 93.9\u00a0% · UNAVAILABLE 5.9\u00a0% · 1 more',
  )
})
