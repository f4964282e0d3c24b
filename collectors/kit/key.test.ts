import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keyOfBytes, keyOfText } from './key'

it('is unsigned, as the database gives it back', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const key = keyOfText(text)
      expect(key).toBe(BigInt.asUintN(64, key))
    }),
  )
})

it('is the same of an ASCII text and of its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const bytes = Buffer.from(text)
      expect(keyOfBytes(bytes, 0, bytes.length)).toBe(keyOfText(text))
    }),
  )
})
