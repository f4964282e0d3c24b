import { expect, test } from 'vitest'
import { isDataStoreName, isDataStorePort } from './data-store'

test.each([
  ['Deployment', 'orders-postgres', true],
  ['StatefulSet', 'cart-redis-0', true],
  ['StatefulSet', 'events-kafka', true],
  ['StatefulSet', 'users-db', true],
  ['Redis', 'cache', true],
  ['Deployment', 'redis-exporter', false],
  ['Deployment', 'postgres-operator', false],
  ['Deployment', 'mydbless', false],
  ['Deployment', 'web', false],
])('%s %s: %s', (kind, name, expected) => {
  expect(isDataStoreName(kind, name)).toBe(expected)
})

test.each([
  [5432, true],
  [6379, true],
  [443, false],
  [0, false],
])('port %i: %s', (port, expected) => {
  expect(isDataStorePort(port)).toBe(expected)
})
