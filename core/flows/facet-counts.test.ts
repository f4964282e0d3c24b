import { describe, expect, it } from 'vitest'
import { asksRecords, type Counted, facetCounter, withoutFacets } from './facet-counts'
import { serialiseFilter } from '../filter/filter-serialise'
import { parseFilter } from '../filter/filter-parse'
import { type FlowFacetId, flowFacetIds } from './flow-facets'
import type { Endpoint } from '../endpoint'
import { external, facet, workload } from '../world-fixture'
import type { Facet } from '../world'

const counted = (from: Endpoint, to: Endpoint, count: number, more: Partial<Facet> = {}, status?: number): Counted => ({
  edge: { id: 0, from, to, port: 443, protocol: 'tcp' },
  facet: facet(more),
  count,
  ...(status !== undefined && { record: { status, latencyMs: null, summary: 'GET /' } }),
})
const [web, cart, db, stripe] = [workload('web'), workload('cart'), workload('db', 'data'), external('api.stripe.com')]
const rows = [
  counted(web, cart, 5, { l7: 'http' }),
  counted(web, db, 2, { verdict: 'denied', reason: 'POLICY_DENIED' }),
  counted(cart, db, 1, { verdict: 'error', source: 'als' }),
  counted(cart, stripe, 4, { encryption: 'tls' }),
]
const counts = (id: FlowFacetId, text: string, of = rows) =>
  Object.fromEntries(facetCounter(parseFilter(text).filter)(id, of).values.map(({ label, count }) => [label, count]))

describe('counts', () => {
  it.each<[FlowFacetId, string, object]>([
    ['verdict', '', { allowed: 9, denied: 2, error: 1 }],
    ['verdict', 'verdict:denied', { allowed: 9, denied: 2, error: 1 }],
    ['verdict', '!verdict:allowed', { allowed: 9, denied: 2, error: 1 }],
    ['verdict', '(verdict:denied or verdict:error) to:data/db', { denied: 2, error: 1 }],
    ['verdict', 'verdict:denied or ns:data', { denied: 2, error: 1 }],
    ['reason', '', { POLICY_DENIED: 2 }],
    ['to', 'verdict:denied', { 'data/db': 2 }],
    ['to', 'to:shop/cart from:web', { 'shop/cart': 5, 'data/db': 2 }],
    ['toNamespace', 'to:ns=data', { shop: 5, data: 3 }],
    ['to', 'to:ns=data', { 'data/db': 3 }],
    ['to', 'error:>5%', { 'shop/cart': 5, 'api.stripe.com': 4, 'data/db': 3 }],
    ['protocol', '', { tcp: 12, http: 5 }],
    ['source', '', { hubble: 11, als: 1 }],
    ['encryption', '', { plaintext: 5, tls: 4, unknown: 3 }],
    ['port', 'from:nobody', {}],
  ])('%s of %j', (id, text, expected) => expect(counts(id, text)).toEqual(expected))

  it('tell the classes of HTTP and the failures of others', () => {
    const records = [
      counted(web, cart, 1, { l7: 'http' }, 503),
      counted(web, cart, 1, { l7: 'http' }, 200),
      counted(web, cart, 1, { l7: 'dns' }, 3),
      counted(web, cart, 1, { l7: 'dns' }, 0),
      counted(web, cart, 1, { l7: 'grpc' }, 14),
    ]
    expect(counts('status', 'status:5xx', records)).toEqual({ '5xx': 1, '2xx': 1, NXDOMAIN: 1, UNAVAILABLE: 1 })
    expect(counts('verdict', 'status:5xx', records)).toEqual({ allowed: 1 })
  })

  it('of one facet after the other, and of other rows, are those of each alone', () => {
    const { filter } = parseFilter('from:web verdict:denied !to:data/db')
    const count = facetCounter(filter)
    for (const some of [rows, rows.slice(1)])
      for (const id of flowFacetIds) expect(count(id, some)).toEqual(facetCounter(filter)(id, some))
  })

  it('say how many values they leave out', () => {
    const many = Array.from({ length: 20 }, (_, i) => counted(web, workload(`w${i}`), 20 - i))
    expect(facetCounter({ type: 'all' })('to', many)).toMatchObject({
      more: 8,
      values: { length: 12, 0: { count: 20 } },
    })
  })
})

it.each([
  ['ns:shop verdict:denied', 'ns:shop'],
  ['text (to:a or to:b) status:5xx', 'text'],
  ['to:a or verdict:denied', 'to:a or verdict:denied'],
])('what %j asks of no facet is %j', (text, expected) =>
  expect(serialiseFilter(withoutFacets(parseFilter(text).filter))).toBe(expected),
)

it.each([
  ['ns:shop verdict:denied', false],
  ['to:a status:5xx', true],
  ['!(to:a or text)', true],
])('%j asks records: %s', (text, expected) => expect(asksRecords(parseFilter(text).filter)).toBe(expected))
