import { describe, expect, it } from 'vitest'
import { compileEdgeFilter } from './filter-match'
import { parseFilter } from './filter-parse'
import { planFlows } from './flow-plan'
import { facet, workload } from './world-fixture'
import type { Edge } from './world'

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
const plan = (text: string) => planFlows(parseFilter(text).filter, edges, facets)

describe('planFlows', () => {
  it.each([
    ['', null, null, null],
    ['to:db', [2], null, null],
    ['verdict:denied', null, [2], null],
    ['from:web verdict:denied', [1, 3], [2], null],
    ['status:5xx', null, null, { from: 500, to: 599 }],
    ['status:>=400', null, null, { from: 400, to: 32_767 }],
    ['status:<300', null, null, { from: -32_767, to: 299 }],
    ['name:nobody', [], null, null],
    ['error:>5%', null, null, null],
    ['to:db or verdict:denied', null, null, null],
    ['proto:http', null, [1], null],
    ['!to:db', [1, 3], null, null],
  ])('%s', (text, edgeIds, facetIds, status) => {
    expect(plan(text)).toMatchObject({ edgeIds, facetIds, status })
  })

  it('asks records what ids do not decide', () => {
    expect(plan('to:db').rest).toBeNull()
    for (const text of ['checkout', 'status:503', 'proto:http', 'to:db or verdict:denied'])
      expect(plan(text).rest).not.toBeNull()
  })

  it.each([
    'to:db or verdict:denied',
    'proto:http to:cart',
    '!(from:web verdict:denied)',
    'ns:shop !proto:http',
    'x or status:503',
  ])('never leaves out a record that matches %s', (text) => {
    const { filter } = parseFilter(text)
    const { edgeIds, facetIds, status } = plan(text)
    for (const [edgeId, one] of edges) {
      for (const [facetId, each] of facets) {
        for (const record of [
          { status: 503, latencyMs: null, summary: 'x' },
          { status: null, latencyMs: null, summary: '' },
        ]) {
          if (!compileEdgeFilter(filter)(one, [each], undefined, record)) continue
          expect(edgeIds === null || edgeIds.includes(edgeId)).toBe(true)
          expect(facetIds === null || facetIds.includes(facetId)).toBe(true)
          expect(
            status === null || (record.status !== null && record.status >= status.from && record.status <= status.to),
          ).toBe(true)
        }
      }
    }
  })
})
