import { expect, test } from 'vitest'
import { noFacts } from '../filter/filter-facts'
import type { WorldEdge } from '../world'
import { type EncryptionException, exceptionTest } from './exception'

const exception = (id: number, filter: string, expiresAt: number): EncryptionException => ({
  id,
  filter,
  owner: 'payments',
  reason: 'an old client',
  createdBy: 'ada',
  createdAt: 0,
  expiresAt,
})
const end = (namespace: string, name: string) => ({ cluster: 'c', namespace, kind: 'Deployment', name })
const edge = (port: number): WorldEdge => ({
  edge: { id: 1, from: end('shop', 'web'), to: end('data', 'db'), port, protocol: 'tcp' },
  rows: [],
})

test.each([
  ['none', [], null],
  ['one that matches', [exception(1, 'from:shop/web to:db', 20)], 1],
  ['one of another port', [exception(1, 'to:db port:1', 20)], null],
  ['one that has expired', [exception(1, 'to:db', 10)], null],
  ['of two the one that holds longest', [exception(1, 'to:db', 20), exception(2, 'to:data/*', 30)], 2],
  ['of two that hold as long the first', [exception(2, 'to:db', 20), exception(1, 'to:db', 20)], 1],
] as const)('%s', (_, exceptions, id) =>
  expect(exceptionTest(exceptions, 10, noFacts)(edge(5432))?.id ?? null).toBe(id),
)
