import { expect, it, test } from 'vitest'
import { completed, completionsAt, filterProblem } from './complete-filter'

const offered = (text: string) => completionsAt(text, text.length).map((completion) => completion.text)

test.each([
  ['ver', ['verdict:']],
  ['ns:shop fr', ['from:']],
  ['!ver', ['verdict:']],
  ['verdict:d', ['verdict:denied ']],
  ['verdict:denied', []],
  ['nothing:', []],
  ['"ver', []],
])('%s', (text, expected) => expect(offered(text)).toEqual(expected))

it('offers where to begin when nothing is typed', () => expect(offered('')[0]).toBe('ns:'))

it('replaces the whole word and keeps what stands after it', () => {
  const text = 'ns:shop ver error:>5%'
  const [first] = completionsAt(text, 10)
  expect(first && completed(text, first)).toEqual({ text: 'ns:shop verdict: error:>5%', caret: 16 })
})

it('says what is wrong', () => {
  expect(filterProblem('ns:shop')).toBeNull()
  expect(filterProblem('(ns:shop')).toMatch(/\./)
})
