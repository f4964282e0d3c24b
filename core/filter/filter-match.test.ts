import { describe, expect, test } from 'vitest'
import { type Figures, unknownFigures } from '../figures/figures'
import type { FilterFacts } from './filter-facts'
import { compileEdgeFilter, compileNodeFilter } from './filter-match'
import { parseFilter } from './filter-parse'
import { compileGlob } from './filter-value'
import { edge, external, facet, workload } from '../world-fixture'

const parse = (text: string) => parseFilter(text).filter

const figures = (parts: Partial<Figures>): Figures => ({
  ...unknownFigures,
  ...parts,
})

describe('compileEdgeFilter', () => {
  const subject = edge(workload('web'), workload('cart', 'basket'), [], { port: 5432 }).edge
  const facets = [
    facet({ verdict: 'allowed', encryption: 'mtls', l7: 'http' }),
    facet({ verdict: 'denied', reason: 'POLICY_DENIED', source: 'hubble@east' }),
  ]
  const seen = {
    ...figures({
      requestRate: 12,
      errorRatio: 0.06,
      p95: 301,
      serverErrors: 9,
      clientErrors: 0,
      sentRate: 1_100,
      openConnections: 3,
    }),
    health: 'failing' as const,
  }
  const facts: FilterFacts = {
    team: ({ namespace }) => (namespace === 'basket' ? 'payments' : ''),
    app: () => 'storefront',
    role: ({ name }) => (name === 'web' ? 'gateway' : null),
    operations: () => [],
    encryption: null,
    isNew: (part) => 'port' in part,
  }
  test.each([
    ['', true],
    ['ns:shop', true],
    ['ns:basket', true],
    ['ns:sho', false],
    ['ns:sh*', true],
    ['from:web', true],
    ['from:cart', false],
    ['to:basket/cart', true],
    ['to:east/basket/Deployment/cart', true],
    ['kind:deployment', true],
    ['port:5432', true],
    ['port:>1024', true],
    ['proto:http', true],
    ['proto:tcp', true],
    ['proto:udp', false],
    ['verdict:denied', true],
    ['!verdict:denied', false],
    ['verdict:audited', false],
    ['reason:policy*', true],
    ['source:hubble', true],
    ['encrypted:yes', true],
    ['encrypted:no', false],
    ['encrypted:unknown', false],
    ['encrypted:mtls', true],
    ['encrypted:plaintext', false],
    ['tunnel:yes', false],
    ['mtls:<100%', false],
    ['error:>5%', true],
    ['error:>6%', false],
    ['p95:>300ms', true],
    ['p95:<0.3s', false],
    ['rate:>10', true],
    ['p99:>1ms', false],
    ['!p99:>1ms', true],
    ['bask', true],
    ['nothing', false],
    ['from:cart or to:cart', true],
    ['from:web verdict:denied !ns:bank', true],
    ['status:500', false],
    ['status:5xx', true],
    ['status:4xx', false],
    ['from:ns=shop', true],
    ['from:ns=basket', false],
    ['to:ns=basket to:kind=Deployment', true],
    ['ns:bank,basket', true],
    ['!ns:bank,basket', false],
    ['is:datastore', true],
    ['from:is=datastore', false],
    ['is:workload', true],
    ['is:external', false],
    ['from:is=gateway', true],
    ['role:waypoint', false],
    ['team:payments', true],
    ['from:team=payments', false],
    ['app:store*', true],
    ['is:new', true],
    ['from:is=new', false],
    ['bytes:>1kB', true],
    ['bytes:>2kB/s', false],
    ['conns:>=3', true],
    ['health:failing', true],
    ['health:degraded,failing', true],
    ['health:unknown', false],
    ['rate:>700/m', true],
    ['rate:>0.1k', false],
    ['ip:10.0.0.0/8', false],
  ])('%s is %s', (text, expected) => {
    expect(compileEdgeFilter(parse(text), facts)(subject, facets, () => seen)).toBe(expected)
  })
  test('a single record is asked for its status', () => {
    const ask = (text: string, status: number | null) =>
      compileEdgeFilter(parse(text))(subject, facets, undefined, { status, latencyMs: null, summary: 'GET /carts' })
    expect([ask('status:5xx', 503), ask('status:>=500', 499), ask('status:404', null), ask('/carts', 200)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})

test('an endpoint without traffic matches terms about itself alone', () => {
  const ask = (text: string) => compileNodeFilter(parse(text))(workload('web'))
  expect([ask('ns:shop'), ask('web'), ask('verdict:denied'), ask('!verdict:denied'), ask('from:web')]).toEqual([
    true,
    true,
    false,
    true,
    false,
  ])
  expect(compileNodeFilter(parse('name:api.*'))(external('api.example'))).toBe(true)
  expect([ask('is:idle'), ask('is:workload'), ask('from:ns=shop')]).toEqual([true, true, false])
  expect(compileNodeFilter(parse('ip:192.0.2.0/24 is:external'))(external('192.0.2.7'))).toBe(true)
})

test.each([
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*a', 'a', false],
  ['*b*', 'abc', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*b', 'a-b', false],
  ['*', '', true],
])('glob %s on %s', (pattern, text, expected) => {
  expect(compileGlob(pattern)(text)).toBe(expected)
})
