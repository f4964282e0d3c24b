import { expect, it } from 'vitest'
import { isUnreadable } from './unreadable'

it.each([
  ['NUL', 'a\0b', true],
  ['half of a pair', 'a\ud800b', true],
  ['the other half', '\udc00', true],
  ['a whole pair', '😀', false],
  ['a control character', 'a\u0001b', false],
  ['within', { a: [{ b: 'c\0' }] }, true],
  ['a name', { 'a\0': 1 }, true],
  ['no text', { a: [1, null, true] }, false],
])('%s', (_, value, unreadable) => expect(isUnreadable(value)).toBe(unreadable))
