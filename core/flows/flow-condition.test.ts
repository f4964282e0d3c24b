import { describe, expect, it } from 'vitest'
import { compileEdgeFilter, type RecordFields } from '../filter/filter-match'
import { lineTest } from '../filter/filter-operation'
import { parseFilter } from '../filter/filter-parse'
import { edgeGate, type FlowCondition, flowCondition } from './flow-condition'
import { facet, workload } from '../world-fixture'
import type { Edge } from '../world'

const edge = (id: number, from: string, to: string, port: number): Edge => ({
  id,
  from: workload(from),
  to: workload(to),
  port,
  protocol: 'tcp',
})
const edges = new Map(
  [edge(1, 'web', 'cart', 80), edge(2, 'cart', 'db', 5432), edge(3, 'web', 'mail', 25)].map((one) => [one.id, one]),
)
const facets = new Map([
  [1, facet({ l7: 'http' })],
  [2, facet({ verdict: 'denied', reason: 'POLICY_DENIED' })],
])
const condition = (text: string) => flowCondition(parseFilter(text).filter, { edges, facets })
const ids = (type: 'edges' | 'facets', ...list: number[]) => ({ type, ids: new Set(list) })

/** What the database does with a condition. */
function holds(wanted: FlowCondition, edgeId: number, facetId: number, record: RecordFields): boolean {
  switch (wanted.type) {
    case 'all':
      return true
    case 'none':
      return false
    case 'edges':
      return wanted.ids.has(edgeId)
    case 'facets':
      return wanted.ids.has(facetId)
    case 'status':
      return record.status !== null && record.status >= wanted.from && record.status <= wanted.to
    case 'line':
      return lineTest(wanted.patterns)(record.summary)
    case 'summary':
      return record.summary.toLowerCase().includes(wanted.text.toLowerCase())
    case 'not':
      return !holds(wanted.of, edgeId, facetId, record)
    case 'and':
      return wanted.of.every((part) => holds(part, edgeId, facetId, record))
    case 'or':
      return wanted.of.some((part) => holds(part, edgeId, facetId, record))
  }
}

describe('a condition on records', () => {
  it.each<[string, object]>([
    ['', { type: 'all' }],
    ['to:db', ids('edges', 2)],
    ['!to:db', ids('edges', 1, 3)],
    ['verdict:denied', ids('facets', 2)],
    ['from:web to:mail', ids('edges', 3)],
    ['to:db or to:mail', ids('edges', 2, 3)],
    ['from:web verdict:denied', { type: 'and', of: [ids('facets', 2), ids('edges', 1, 3)] }],
    ['to:db or verdict:denied', { type: 'or', of: [ids('facets', 2), ids('edges', 2)] }],
    ['proto:tcp', { type: 'all' }],
    ['proto:http', ids('facets', 1)],
    ['name:nobody', { type: 'none' }],
    ['name:nobody status:500', { type: 'none' }],
    ['error:>5%', { type: 'all' }],
    ['status:5xx', { type: 'status', from: 500, to: 599 }],
    ['status:<300', { type: 'status', from: -32_767, to: 299 }],
    ['db', { type: 'or', of: [ids('edges', 2), { type: 'summary', text: 'db' }] }],
  ])('of %j', (text, expected) => expect(condition(text)).toEqual(expected))

  it.each([
    '',
    'to:db or verdict:denied',
    'proto:http to:cart',
    '!(from:web verdict:denied)',
    'ns:shop !proto:http',
    'x or status:503',
    '!status:503',
    '!(status:503 or x) from:web',
    '!x',
    'policy',
    '!(cart !policy)',
    'source:hubble status:>=500 !(to:db or to:mail)',
    'encrypted:unknown port:80',
  ])('finds the records that %j matches, and no others', (text) => {
    const { filter } = parseFilter(text)
    const wanted = condition(text)
    const matches = compileEdgeFilter(filter)
    for (const [edgeId, one] of edges)
      for (const [facetId, each] of facets)
        for (const record of [
          { status: 503, latencyMs: null, summary: 'X-ray' },
          { status: 200, latencyMs: null, summary: '' },
          { status: null, latencyMs: null, summary: '' },
        ])
          expect(holds(wanted, edgeId, facetId, record)).toBe(matches(one, [each], undefined, record))
  })
})

it.each<[string, number, number, string]>([
  ['', 1, 1, 'all'],
  ['to:db', 2, 1, 'all'],
  ['to:db', 1, 1, 'none'],
  ['to:db verdict:denied', 2, 1, 'none'],
  ['to:db or verdict:denied', 1, 2, 'all'],
  ['xyz', 1, 1, 'some'],
  ['to:db xyz', 1, 1, 'none'],
  ['to:db xyz', 2, 1, 'some'],
  ['!xyz', 1, 1, 'some'],
  ['to:db or status:5xx', 2, 1, 'all'],
  ['to:db or status:5xx', 1, 1, 'some'],
])('by %j the records of edge %i and facet %i match: %s', (text, edgeId, facetId, gate) =>
  expect(edgeGate(condition(text), edgeId, facetId)).toBe(gate),
)
