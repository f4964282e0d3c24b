import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { globTest } from './glob'

const matchesGlob = (pattern: string, text: string) => globTest(pattern)(text)

describe('a glob', () => {
  it.each([
    ['shop', 'shop', true],
    ['shop', 'shops', false],
    ['shop', 'eshop', false],
    ['pay-*', 'pay-eu', true],
    ['pay-*', 'pay-', true],
    ['pay-*', 'pay', false],
    ['*-eu', 'pay-eu', true],
    ['*', '', true],
    ['*', 'anything', true],
    ['a*a', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['pay.*', 'payXeu', false],
    ['a**b', 'ab', true],
  ])('%s fits %s: %s', (pattern, text, fits) => {
    expect(matchesGlob(pattern, text)).toBe(fits)
  })

  it('fits exactly what a regular expression of it fits', () => {
    const letters = (from: string) => fc.string({ unit: fc.constantFrom(...from), maxLength: 8 })
    fc.assert(
      fc.property(letters('ab*'), letters('ab'), (pattern, text) => {
        expect(matchesGlob(pattern, text)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text))
      }),
    )
  })

  it('takes no longer for a pattern that is made to be slow', () => {
    expect(matchesGlob(`${'a*'.repeat(100)}b`, 'a'.repeat(20_000))).toBe(false)
  })
})
