import { describe, expect, it, test } from 'vitest'
import { dnsWords } from './dns-view'
import { exportWords } from './export-menu'
import { apartWords, countedWords, countWords } from './facet-words'
import { fieldTerm } from './field-term'
import { momentOf } from './jump-menu'
import { moved } from './table-menu'
import { parseColumns } from './use-table-look'
import { serialiseFilter } from '@/core/filter/filter-serialise'

test.each([
  [['a', 'b', 'c'], 'b', -1, ['b', 'a', 'c']],
  [['a', 'b', 'c'], 'b', 1, ['a', 'c', 'b']],
  [['a', 'b', 'c'], 'a', -1, ['a', 'b', 'c']],
  [['a', 'b', 'c'], 'c', 1, ['a', 'b', 'c']],
] as const)('%j with %s moved by %i is %j', (list, one, by, expected) =>
  expect(moved<string>(list, one, by)).toEqual(expected),
)

test.each([
  ['to,time', ['to', 'time']],
  ['to,to,<b>,time', ['to', 'time']],
])('the columns %j are %j', (text, expected) => expect(parseColumns(text)).toEqual(expected))

test.each(['', 'nonsense'])('the columns %j are the usual ones', (text) => expect(parseColumns(text)).toHaveLength(10))

test.each([
  ['2026-03-01T09:30:05', 'utc', Date.parse('2026-03-01T09:30:05Z')],
  ['2026-03-01T09:30', 'utc', Date.parse('2026-03-01T09:30:00Z')],
  ['2026-03-01T09:30', 'local', new Date(2026, 2, 1, 9, 30).getTime()],
  ['2026-13-01T09:30', 'utc', null],
  ['soon', 'utc', null],
] as const)('%s in %s is %s', (text, zone, time) => expect(momentOf(text, zone)).toBe(time))

describe('a field of a record', () => {
  it.each([
    ['source.namespace', 'shop', 'from:ns=shop'],
    ['dest_namespace', 'data', 'to:ns=data'],
    ['l4.TCP.destination_port', '5432', 'port:5432'],
    ['drop_reason_desc', 'POLICY_DENIED', 'reason:POLICY_DENIED'],
  ])('%s %s is the term %s', (path, value, text) => {
    const term = fieldTerm(path, value)
    expect(term && serialiseFilter(term)).toBe(text)
  })

  it.each([
    ['uuid', 'x'],
    ['source.namespace', ''],
    ['source.labels', 'a\nb'],
  ])('%s %j has none', (path, value) => expect(fieldTerm(path, value)).toBeNull())
})

describe('counts say what they count', () => {
  const facet = (id: 'verdict' | 'status', basis: 'window' | 'records') => ({
    id,
    basis,
    more: 0,
    values: [{ label: 'x', value: 'x', count: 1 }],
  })
  it('where buckets tell them, and statuses apart', () => {
    const words = countedWords({
      facets: [facet('verdict', 'window'), facet('status', 'records')],
      records: { count: 1_200, readTo: null },
    })
    expect(words[0]).toContain('of the whole time range, not of records')
    expect(words[1]).toContain('records of their own')
    expect(words[2]).toBe('Status counts the newest 1,200 records in this time range.')
  })
  it.each([
    [293, 'window', '293 flows and requests'],
    [1, 'records', '1 record'],
  ] as const)('%i of the %s is %j', (count, basis, words) => expect(countWords(count, basis)).toBe(words))
  it('where only records tell them', () => {
    const words = countedWords({ facets: [facet('verdict', 'records')], records: { count: 1, readTo: Date.now() } })
    expect(words).toHaveLength(1)
    expect(words[0]).toMatch(/^Counts are of the newest 1 record back to /)
  })
  it('where a status is chosen, which leaves other records than its alternatives are counted among', () => {
    const of = {
      facets: [facet('verdict', 'records'), facet('status', 'records')],
      records: { count: 48, readTo: null },
      ofStatus: { count: 20_000, readTo: Date.now() },
    }
    const [rest, status] = countedWords(of)
    expect(rest).toMatch(/^Counts are of the newest 48 records in this time range, /)
    expect(status).toMatch(/^Status counts the newest 20,000 records back to .*, whatever their status\.$/)
    expect(apartWords('status', of)).toMatch(/^of the newest 20,000 records back to /)
    expect(apartWords('verdict', of)).toBe('')
    expect(apartWords('status', { ...of, ofStatus: undefined })).toBe('')
  })
})

test.each([
  [{ state: 'running', rows: 12_000, size: 3_100_000 }, '12,000 rows so far, 3.1\u00a0MB'],
  [{ state: 'done', rows: 1, limit: null }, '1 row written.'],
  [{ state: 'done', rows: 500_000, limit: 500_000 }, /which is the limit/],
  [
    { state: 'failed', message: 'The server answered 503.' },
    /broke off: The server answered 503\. Nothing was saved\./,
  ],
] as const)('an export that is %j says so', (state, words) => expect(exportWords(state)).toMatch(words))

test('names say what was counted and what was folded', () => {
  const window = { from: 0, to: 1 }
  const words = dnsWords({ window, names: [], more: 3, folded: 2, records: 10, readTo: null })
  expect(words).toMatch(/^3 names in 10 answers of this time range/)
  expect(words).toContain('ndots')
  expect(dnsWords({ window, names: [], more: 3, folded: 0, records: 10, readTo: null })).not.toContain('ndots')
})
