import { expect, test } from 'vitest'
import { holdsWords } from './holds-words'

const of = (...all: readonly ('yes' | 'no' | 'unclear')[]) =>
  holdsWords(
    all.length,
    all.map((holds) => ({ holds })),
  )

test('what is left open is not counted as failing', () => {
  expect(of('yes', 'yes')).toBe('all hold')
  expect(of('yes', 'no')).toBe('1 of 2 tests does not hold')
  expect(of('yes', 'unclear')).toBe('1 of 2 tests is left open')
  expect(of('no', 'no', 'unclear')).toBe('2 of 3 tests do not hold, 1 is left open')
})
