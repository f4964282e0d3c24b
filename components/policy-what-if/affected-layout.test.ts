import { expect, test } from 'vitest'
import type { EdgeEffect, EffectGroup, EffectName, WhatIf } from '@/core/policy/what-if/answer'
import { affectedLayout } from './affected-layout'

const edge = (from: string, to: string): EdgeEffect => ({
  id: `${from} ${to}`,
  from: { type: 'workload', name: from },
  to: { type: 'workload', name: to },
  protocol: 'TCP',
  port: 80,
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
})
const group = (shown: readonly EdgeEffect[]): EffectGroup => ({ edges: shown.length, connections: 0, last: 0, shown })
const effectsOf = (of: Partial<Record<EffectName, readonly EdgeEffect[]>>): WhatIf['effects'] => ({
  'newly-allowed': group(of['newly-allowed'] ?? []),
  'newly-denied': group(of['newly-denied'] ?? []),
  undecidable: group(of.undecidable ?? []),
  unaffected: group(of.unaffected ?? []),
})

test('callers stand left of whom they call, and who is both between them', () => {
  const { nodes } = affectedLayout(effectsOf({ 'newly-denied': [edge('web', 'api'), edge('api', 'db')] }))
  const x = Object.fromEntries(nodes.map((node) => [node.name, node.x]))
  expect([...nodes].sort((a, b) => a.x - b.x).map(({ name }) => name)).toEqual(['web', 'api', 'db'])
  expect(new Set(Object.values(x)).size).toBe(3)
})

test('affected edges are drawn above those that stay as they were', () => {
  const { edges } = affectedLayout(effectsOf({ 'newly-allowed': [edge('a', 'db')], unaffected: [edge('b', 'db')] }))
  expect(edges.map(({ effect }) => effect)).toEqual(['unaffected', 'newly-allowed'])
})

test('what there is no room for is counted', () => {
  const many = Array.from({ length: 30 }, (_, i) => edge(`a${i}`, 'db'))
  const { edges, left } = affectedLayout(effectsOf({ 'newly-denied': many }))
  expect([edges.length, left]).toEqual([18, 12])
})

test('no two nodes lie on one place', () => {
  const { nodes } = affectedLayout(
    effectsOf({ undecidable: [edge('a', 'a'), edge('b', 'c'), edge('c', 'b'), edge('d', 'b')] }),
  )
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(nodes.length)
})
