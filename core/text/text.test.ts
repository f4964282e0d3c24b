import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clean, withUnseenShown } from './text'

describe('clean', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['a\u0000b\u0007c', 'abc'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u009b1mtext', 'text'],
    ['user\u202Etxt.exe', 'usertxt.exe'],
    ['a\u2066b\u2069\u200B\uFEFF', 'ab'],
    ['two\r\nlines\tand', 'two lines and'],
    ['Zürich 東京 🚢', 'Zürich 東京 🚢'],
    ['lone \uD83D end', 'lone  end'],
  ])('%j', (text, expected) => {
    expect(clean(text, 100)).toBe(expected)
  })
  test('cuts with an ellipsis and never through a character', () => {
    expect(clean('abcdef', 4)).toBe('abc…')
    expect(clean('ab🚢🚢', 4)).toBe('ab…')
    expect(clean('abc', 0)).toBe('')
  })
  test('whatever comes in, what goes out is short, visible and stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 0, max: 60 }), (text, max) => {
        const once = clean(text, max)
        expect(once.length).toBeLessThanOrEqual(max)
        expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        expect(clean(once, max)).toBe(once)
      }),
    )
  })
})

test.each([
  ['  name: web', '  name: web'],
  ['\tZürich 東京', '\tZürich 東京'],
  ['# \u202e}\u2066 if admin\u0007', '# \\u202e}\\u2066 if admin\\u0007'],
])('%j shows what is unseen in it', (line, shown) => {
  expect(withUnseenShown(line)).toBe(shown)
})
