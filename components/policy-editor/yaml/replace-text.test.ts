import fc from 'fast-check'
import { expect, it } from 'vitest'
import { replacement } from './replace-text'

it('touches only what differs', () => {
  expect(replacement('a: 1\nb: 2\n', 'a: 1\nb: 3\n')).toEqual({ from: 8, to: 9, insert: '3' })
  expect(replacement('same', 'same')).toBeNull()
})

it('makes the new text of the old one', () => {
  const text = fc.array(fc.constantFrom('a', 'b')).map((letters) => letters.join(''))
  fc.assert(
    fc.property(text, text, (old, next) => {
      const change = replacement(old, next)
      expect(change ? old.slice(0, change.from) + change.insert + old.slice(change.to) : old).toBe(next)
    }),
  )
})
