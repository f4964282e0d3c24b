import { expect, test } from 'vitest'
import { parseFilter } from '@/core/filter/filter-parse'
import type { EdgeEffect, EffectEnd, EffectGroup, WhatIf } from '@/core/policy/what-if/answer'
import { affectedFilter } from './affected-filter'

const end = (name: string): EffectEnd =>
  name === '?' ? { type: 'unknown', name: 'not known' } : { type: 'workload', name }
const edge = (from: string, to: string, port: number | null): EdgeEffect => ({
  id: `${from} ${to}`,
  from: end(from),
  to: end(to),
  protocol: 'TCP',
  port,
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
const effectsOf = (allowed: readonly EdgeEffect[], unaffected: readonly EdgeEffect[] = []): WhatIf['effects'] => ({
  'newly-allowed': group(allowed),
  'newly-denied': group([]),
  undecidable: group([]),
  unaffected: group(unaffected),
})

test.each([
  ['no edge', [], ''],
  ['one edge', [edge('shop/web', 'shop/db', 5432)], 'from:shop/web to:shop/db port:5432'],
  [
    'callers of one port together',
    [edge('shop/web', 'shop/db', 5432), edge('data/job', 'shop/db', 5432)],
    'from:shop/web,data/job to:shop/db port:5432',
  ],
  ['several ports', [edge('a/b', 'c/d', 1), edge('a/b', 'c/e', null)], 'from:a/b to:c/d port:1 or from:a/b to:c/e'],
  ['an end that is not known', [edge('?', 'shop/db', 5432)], 'from:kind=Unknown to:shop/db port:5432'],
])('%s', (_, edges, text) => {
  const found = affectedFilter(effectsOf(edges, [edge('x/y', 'shop/db', 1)]))
  expect(found).toBe(text)
  expect(parseFilter(found).errors).toEqual([])
})
