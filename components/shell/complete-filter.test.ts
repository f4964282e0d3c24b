import { expect, it, test } from 'vitest'
import { completed, completionsAt, filterProblem } from './complete-filter'
import { spotAt } from './filter-spot'

const namespaces = [
  { value: 'shop', edges: 9 },
  { value: 'my shop', edges: 2 },
]
const offers = (text: string, caret = text.length) => completionsAt(spotAt(text, caret), namespaces)
const offered = (text: string) => offers(text).map((completion) => completion.text)

test.each([
  ['ver', ['verdict:']],
  ['ns:shop fr', ['from:']],
  ['!ver', ['verdict:']],
  ['-ver', ['verdict:']],
  ['a|ver', ['verdict:']],
  ['verdict:d', ['denied ']],
  ['verdict:error,d', ['denied ']],
  ['verdict:denied', []],
  ['ns:sho', ['shop ', '"my shop" ']],
  ['from:ns=sh', ['shop ', '"my shop" ']],
  ['code:5', ['5xx ', '503 ']],
  ['error:>5', ['>5% ']],
  ['nothing:', []],
  ['from:port=', []],
  ['"ver', []],
  ['ns:"a', []],
])('%s', (text, expected) => expect(offered(text)).toEqual(expected))

it('offers where to begin when nothing is typed', () => expect(offered('')[0]).toBe('ns:'))

it('offers what an end can be asked, after the names of ends', () =>
  expect(offered('from:')).toEqual(expect.arrayContaining(['shop ', 'ns=', 'is='])))

it('says on how many edges a value is', () => expect(offers('ns:sho')[0]?.edges).toBe(9))

it.each([
  ['ns:shop ver error:>5%', 11, 'ns:shop verdict: error:>5%', 16],
  ['ns:s,bank', 4, 'ns:shop,bank', 7],
  ['(ns:s)', 5, '(ns:shop )', 9],
])('%s: replaces what is written and keeps what stands around it', (text, caret, expected, at) => {
  const [first] = offers(text, caret)
  expect(first && completed(text, first)).toEqual({ text: expected, caret: at })
})

it('says what is wrong, and not of what is still being written', () => {
  expect(filterProblem('ns:shop', null)).toBeNull()
  expect(filterProblem('ns:shop verdict:', null)?.message).toMatch(/\./)
  expect(filterProblem('ns:shop verdict:', 16)).toBeNull()
  expect(filterProblem('eror:>5% ns:', 12)).toMatchObject({ at: 0, end: 8, fix: 'error:>5%' })
})
