import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Figures, unknownFigures } from './figures'
import { filterFields } from './filter-ast'
import { compileEdgeFilter, compileNodeFilter } from './filter-match'
import { parseFilter } from './filter-parse'
import { serialiseFilter } from './filter-serialise'
import { filterTerms } from './filter-terms'
import { compileGlob } from './filter-value'
import { edge, external, facet, workload } from './world-fixture'

const parse = (text: string) => parseFilter(text).filter
const term = (field: string, value: string, op = '=') => ({ type: 'term', field, op, value })

describe('parseFilter', () => {
  test.each([
    ['', { type: 'all' }],
    ['   ', { type: 'all' }],
    ['ns:shop', term('ns', 'shop')],
    ['NS:Shop', term('ns', 'Shop')],
    ['error:>5%', term('error', '5%', '>')],
    ['p95:>=300ms', term('p95', '300ms', '>=')],
    ['cart', { type: 'text', value: 'cart' }],
    ['"two words"', { type: 'text', value: 'two words' }],
    [String.raw`"a \"b\" \\"`, { type: 'text', value: String.raw`a "b" \ `.trim() }],
    ['reason:"Policy denied"', term('reason', 'Policy denied')],
    ['from:web to:db', { type: 'and', of: [term('from', 'web'), term('to', 'db')] }],
    ['from:web and to:db', { type: 'and', of: [term('from', 'web'), term('to', 'db')] }],
    ['!ns:shop', { type: 'not', of: term('ns', 'shop') }],
    ['-ns:shop', { type: 'not', of: term('ns', 'shop') }],
    ['!!ns:shop', term('ns', 'shop')],
    ['ns:kube-system', term('ns', 'kube-system')],
    [
      'a b or c',
      {
        type: 'or',
        of: [
          {
            type: 'and',
            of: [
              { type: 'text', value: 'a' },
              { type: 'text', value: 'b' },
            ],
          },
          { type: 'text', value: 'c' },
        ],
      },
    ],
    [
      'ns:a (b or !c)',
      {
        type: 'and',
        of: [
          term('ns', 'a'),
          {
            type: 'or',
            of: [
              { type: 'text', value: 'b' },
              { type: 'not', of: { type: 'text', value: 'c' } },
            ],
          },
        ],
      },
    ],
    ['status:5xx', term('status', '5xx')],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual({ filter, errors: [] })
  })

  test.each([
    ['nope:1', 0, 6, 'There is no term nope:'],
    ['ns:shop verdict:maybe', 8, 21, 'verdict: is one of'],
    ['port:http', 0, 9, 'port: needs a number'],
    ['error:5%', 0, 8, 'error: needs a comparison'],
    ['p95:>3m', 0, 7, 'p95: needs a number'],
    ['ns:', 0, 3, 'Say what ns: should be'],
    ['ns:>shop', 0, 8, 'cannot be compared'],
    ['ns:shop !', 8, 9, 'Say after this what to leave out'],
    ['(ns:shop', 0, 1, 'not closed'],
    ['ns:shop)', 7, 8, 'closes nothing'],
    ['"open', 0, 5, 'quote is not closed'],
  ])('says where %s is wrong', (text, at, end, message) => {
    const [error] = parseFilter(text).errors
    expect(error).toMatchObject({ at, end, message: expect.stringContaining(message) })
  })

  test('keeps what it understood of a filter with mistakes', () => {
    expect(parse('ns:shop nope:1 (port:80')).toEqual({ type: 'and', of: [term('ns', 'shop'), term('port', '80')] })
  })
  test('bounds length and depth', () => {
    expect(parseFilter('('.repeat(5000)).errors.length).toBeGreaterThan(0)
    expect(parse('!'.repeat(1999) + 'a')).toEqual({ type: 'not', of: { type: 'text', value: 'a' } })
  })
  test('every example of the help is right', () => {
    for (const field of filterFields) expect(parseFilter(filterTerms[field].example).errors).toEqual([])
  })
  test('never throws, and its text parses to the same filter', () => {
    const fragment = fc.oneof(
      fc.constantFrom('ns:shop', 'error:>5%', 'or', 'and', '!', '-', '(', ')', ' ', '"', '\\', 'port:80', 'status:5xx'),
      fc.constantFrom('a-b', 'ns:"x y"', 'to:">3"', 'reason:!x', '"or"', '"ns:x"', 'from:"-a"', 'proto:TCP'),
      fc.string({ maxLength: 6, unit: 'grapheme' }),
    )
    const text = fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join(''))
    const spaced = fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(fc.oneof(text, spaced), (text) => {
        const { filter } = parseFilter(text)
        expect(parseFilter(serialiseFilter(filter))).toEqual({ filter, errors: [] })
      }),
      { numRuns: 500 },
    )
  })
})

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
  const seen = figures({ requestRate: 12, errorRatio: 0.06, p95: 301 })
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
  ])('%s is %s', (text, expected) => {
    expect(compileEdgeFilter(parse(text))(subject, facets, () => seen)).toBe(expected)
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
