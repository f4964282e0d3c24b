import { expect, test } from 'vitest'
import type { EdgeEffect } from '@/core/policy/what-if/answer'
import { edgeText, groupSeenText, groupText, seenText } from './effect-words'

const edge = (from: string, to: string, parts: Partial<EdgeEffect> = {}): EdgeEffect => ({
  id: `${from} ${to}`,
  from: { type: 'workload', name: from },
  to: { type: 'workload', name: to },
  protocol: 'TCP',
  port: 5432,
  before: 'denied',
  after: 'allowed',
  count: 1,
  allowed: 1,
  denied: 0,
  first: 0,
  last: 0,
  lastAllowed: 0,
  lastDenied: null,
  days: 1,
  witness: 'hubble',
  why: null,
  ...parts,
})
const group = (...shown: readonly EdgeEffect[]) => ({
  edges: shown.length,
  connections: 1_900_000,
  last: 1000,
  shown,
})

test.each([
  [{}, 'shop/web → shop/db:5432'],
  [{ protocol: 'UDP' as const, port: 53 }, 'shop/web → shop/db:53/UDP'],
  [{ port: null }, 'shop/web → shop/db TCP'],
])('an edge with %o reads %s', (parts, text) => {
  expect(edgeText(edge('shop/web', 'shop/db', parts))).toBe(text)
})

test.each([
  ['nothing', group(), ''],
  ['one', group(edge('a', 'db')), 'a → db:5432'],
  ['several into one', group(edge('a', 'db'), edge('b', 'db')), 'a, b → db:5432'],
  ['several out of one', group(edge('a', 'x'), edge('a', 'y', { port: 80 })), 'a → x, y'],
  ['many', group(...['a', 'b', 'c', 'd', 'e'].map((from) => edge(from, 'db'))), 'a, b, c and 2 more → db:5432'],
  ['unlike ones', group(edge('a', 'x'), edge('b', 'y'), edge('c', 'z')), 'a → x:5432 and 2 more'],
])('%s in one line', (_, of, text) => {
  expect(groupText(of)).toBe(text)
})

test.each([
  [{ allowed: 0, denied: 214, count: 214 }, '214 stopped, last 3\u00a0s ago'],
  [{ allowed: 7, denied: 2, count: 9 }, '7 let pass, 2 stopped, last 3\u00a0s ago'],
  [{ allowed: null, denied: null, count: 1 }, '1 connection, last 3\u00a0s ago'],
])('what was seen with %o reads %s', (parts, text) => {
  expect(seenText(edge('a', 'b', parts), 3000)).toBe(text)
})

test('a group tells its connections and when the last one was', () => {
  expect(groupSeenText(group(edge('a', 'b')), 3000)).toBe('1.9\u00a0M connections, last 2\u00a0s ago')
  expect(groupSeenText(group(), 3000)).toBe('')
})
