import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterFields, leavesOf } from './filter-ast'
import { parseFilter } from './filter-parse'
import { serialiseFilter } from './filter-serialise'
import { filterTerms } from './filter-terms'

const parse = (text: string) => parseFilter(text).filter
const text = (value: string) => ({ type: 'text', value })
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
    ['ns:shop,bank', { type: 'or', of: [term('ns', 'shop'), term('ns', 'bank')] }],
    ['!ns:shop,bank', { type: 'not', of: { type: 'or', of: [term('ns', 'shop'), term('ns', 'bank')] } }],
    ['port:80,>1024', { type: 'or', of: [term('port', '80'), term('port', '1024', '>')] }],
    ['reason:"Policy denied",DROP', { type: 'or', of: [term('reason', 'Policy denied'), term('reason', 'DROP')] }],
    ['a | b', { type: 'or', of: [text('a'), text('b')] }],
    ['a|b || c', { type: 'or', of: [text('a'), text('b'), text('c')] }],
    ['a && b', { type: 'and', of: [text('a'), text('b')] }],
    ['not ns:shop', { type: 'not', of: term('ns', 'shop') }],
    ['"not"', text('not')],
    ['from:ns=shop', { ...term('ns', 'shop'), side: 'from' }],
    [
      'to:is=external,node',
      {
        type: 'or',
        of: [
          { ...term('is', 'external'), side: 'to' },
          { ...term('is', 'node'), side: 'to' },
        ],
      },
    ],
    ['dst:ns=shop', { ...term('ns', 'shop'), side: 'to' }],
    ['from:"ns=shop"', term('from', 'ns=shop')],
    ['namespace:shop', term('ns', 'shop')],
    ['code:503', term('status', '503')],
    ['bytes:>1.5MB/s', term('bytes', '1.5MB/s', '>')],
    ['ip:10.0.0.0/8', term('ip', '10.0.0.0/8')],
    ['"http://x"', text('http://x')],
    ['a\u0000b', { type: 'and', of: [text('a'), text('b')] }],
  ])('%s', (text, filter) => {
    expect(parseFilter(text)).toEqual({ filter, errors: [] })
  })

  test.each([
    ['nope:1', 0, 6, 'nope: is no field. Fields are ns, from,'],
    ['ns:shop eror:>5%', 8, 16, 'eror: is no field; did you mean error:?'],
    ['from:nss=shop', 0, 13, 'from: has no nss=; did you mean from:ns=?'],
    ['from:port=80', 0, 12, 'from: has no port=.'],
    ['verdict:denid', 0, 13, 'did you mean denied?'],
    ['ip:10.0.0', 0, 9, 'ip: is an address or a range'],
    ['or a', 0, 2, 'both sides'],
    ['a | ', 2, 3, 'both sides'],
    ['(a or)', 3, 5, 'both sides'],
    ['ns:shop,', 0, 8, 'Say what ns: should be'],
    ['rate:>5ms', 0, 9, 'rate: needs a number with /s, rps, /m, k, k/s or nothing'],
    ['ns:shop verdict:maybe', 8, 21, 'verdict: is one of'],
    ['port:http', 0, 9, 'port: needs a number'],
    ['error:5%', 0, 8, 'error: needs a comparison'],
    ['p95:>3x', 0, 7, 'p95: needs a number'],
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
  test.each([
    'eror:>5%',
    'a verdict:denid b',
    'ns:>shop',
    'error:5%',
    'ns:shop)',
    '"open',
    'from:nss=shop x',
    'http://x',
  ])('what it proposes for %s is right', (text) => {
    const [error] = parseFilter(text).errors
    expect(error?.fix).toBeDefined()
    if (error) expect(parseFilter(text.slice(0, error.at) + error.fix + text.slice(error.end)).errors).toEqual([])
  })
  test('loses no text: what is not in the filter is in an error', () => {
    const words = ['ns:shop', 'eror:>5%', 'x', 'verdict:maybe', 'p95:>3x', 'to:db', 'from:nss=y', 'or', '!']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 8 }), (parts) => {
        const text = parts.join(' ')
        const { filter, errors } = parseFilter(text)
        const kept = leavesOf(filter).map(serialiseFilter)
        for (const word of new Set(parts.filter((part) => part !== 'or' && part !== '!'))) {
          const wrong = errors.some(({ at, end }) => text.slice(at, end) === word)
          expect(kept.includes(word) || wrong || parts.includes('!')).toBe(true)
        }
      }),
    )
  })
  test('never throws, and its text parses to the same filter', () => {
    const fragment = fc.oneof(
      fc.constantFrom('ns:shop', 'error:>5%', 'or', 'and', '!', '-', '(', ')', ' ', '"', '\\', 'port:80', 'status:5xx'),
      fc.constantFrom(
        'a-b',
        'ns:"x y"',
        'to:">3"',
        'reason:!x',
        '|',
        'ns:a,b',
        'from:ns=a',
        'to:"ns=a"',
        'port:80,>9',
        'reason:"x,y"',
        'not',
        '"or"',
        '"ns:x"',
        'from:"-a"',
        'proto:TCP',
      ),
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
