import { expect, test } from 'vitest'
import { typedWith } from './typed-with'

test.each([
  ['', 't', 't'],
  ['pay', ' ', 'pay '],
  ['pay', 'Ä', 'payÄ'],
  ['pay', '𝛼', 'pay𝛼'],
  ['pay', 'Backspace', 'pa'],
  ['', 'Backspace', ''],
  ['pay', 'Enter', 'pay'],
  ['pay', 'ArrowDown', 'pay'],
  ['pay', 'Shift', 'pay'],
])('%j after %s is %j', (text, key, after) => expect(typedWith(text, key)).toBe(after))
