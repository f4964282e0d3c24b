import fc from 'fast-check'
import { expect, test } from 'vitest'
import { middleCut } from './middle-cut'

const within = (max: number) => (text: string) => Array.from(text).length <= max

test.each([
  ['recommendations', 15, 'recommendations'],
  ['recommendations', 14, 'recomm…dations'],
  ['recommendations', 10, 're…dations'],
  ['recommendations', 8, '…dations'],
  ['recommendations', 4, '…ons'],
  ['recommendations', 0, '…s'],
  ['cart', 3, '…rt'],
  ['𝒜𝒷𝒸𝒹', 3, '…𝒸𝒹'],
])('%s in %i letters is %s', (text, max, shown) => expect(middleCut(text, within(max))).toBe(shown))

test('more of the end can be kept', () =>
  expect(middleCut('catalog-postgres:5432', within(15), 12)).toBe('ca…ostgres:5432'))

test('what is cut fits, uses all the room there is, and keeps start and end', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 4, maxLength: 80, unit: 'grapheme-ascii' }),
      fc.integer({ min: 3, max: 80 }),
      (text, max) => {
        const shown = middleCut(text, within(max))
        expect(shown.length).toBe(Math.min(text.length, max))
        expect(text.endsWith(shown.slice(shown.indexOf('…') + 1))).toBe(true)
      },
    ),
  )
})
