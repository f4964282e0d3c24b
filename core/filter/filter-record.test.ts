import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileEdgeFilter } from './filter-match'
import { parseFilter } from './filter-parse'
import { compileGate, filterForRecords, recordTerms } from './filter-record'
import { serialiseFilter } from './filter-serialise'
import { edge, facet, workload } from '../world-fixture'

const parse = (text: string) => parseFilter(text).filter

test.each([
  ['ns:shop error:>5%', 'ns:shop', 1],
  ['!error:>5%', '', 1],
  ['!(error:>5% or verdict:denied)', '', 1],
  ['p95:>1s or verdict:denied', '', 1],
  ['(p95:>1s ns:shop) or verdict:denied', 'ns:shop or verdict:denied', 1],
])('for records %s is %s', (text, expected, ignored) => {
  const stripped = filterForRecords(parse(text))
  expect(serialiseFilter(stripped.filter)).toBe(expected)
  expect(stripped.ignored).toHaveLength(ignored)
})

const subject = edge(workload('web'), workload('cart'), []).edge

test.each([
  ['', 'all'],
  ['from:web', 'all'],
  ['from:cart', 'none'],
  ['status:5xx', 'some'],
  ['from:cart status:5xx', 'none'],
  ['from:web status:5xx', 'some'],
  ['from:web or status:5xx', 'all'],
  ['!status:5xx', 'some'],
  ['!from:web', 'none'],
  ['cart', 'all'],
  ['/basket', 'some'],
])('the gate of %s is %s', (text, gate) => {
  expect(compileGate(parse(text))(subject, facet())).toBe(gate)
})

test('the gate never says otherwise than the records do', () => {
  const fragment = fc.constantFrom('from:web', 'to:db', 'status:5xx', '/basket', '!', 'or', '(', ')', 'verdict:denied')
  const record = fc.record({ status: fc.constantFrom(null, 200, 503), summary: fc.constantFrom('', 'GET /basket') })
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 8 }), record, (parts, { status, summary }) => {
      const filter = parse(parts.join(' '))
      const gate = compileGate(filter)(subject, facet())
      const match = compileEdgeFilter(filter)(subject, [facet()], undefined, { status, latencyMs: null, summary })
      if (gate !== 'some') expect(match).toBe(gate === 'all')
    }),
  )
})

test('names what only a record can answer', () => {
  expect(recordTerms(parse('ns:shop !(status:5xx or /basket)')).map(serialiseFilter)).toEqual(['status:5xx', '/basket'])
})
