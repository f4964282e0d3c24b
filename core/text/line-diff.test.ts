import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines } from './line-diff'

const signs = { same: ' ', removed: '-', added: '+' } as const
const drawn = (a: string, b: string) => diffLines(a, b).map(({ kind, text }) => signs[kind] + text)

describe('lines of two texts', () => {
  it('keeps what is in both and tells removals before additions', () => {
    expect(drawn('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d'])
  })

  it.each([
    ['', '', []],
    ['', 'a\n', ['+a']],
    ['a\n', '', ['-a']],
    ['a', 'a\n', [' a']],
  ])('%j against %j', (a, b, lines) => expect(drawn(a, b)).toEqual(lines))

  it('numbers lines of either text', () => {
    expect(diffLines('a\nc\n', 'a\nb\nc\n')).toEqual([
      { kind: 'same', text: 'a', old: 1, new: 1 },
      { kind: 'added', text: 'b', old: null, new: 2 },
      { kind: 'same', text: 'c', old: 2, new: 3 },
    ])
  })

  it('holds both texts whole, in order', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n') + '\n')
    fc.assert(
      fc.property(text, text, (a, b) => {
        const lines = diffLines(a, b)
        const side = (not: 'added' | 'removed') => lines.filter(({ kind }) => kind !== not).map(({ text }) => text)
        expect(`${side('added').join('\n')}\n`).toBe(a)
        expect(`${side('removed').join('\n')}\n`).toBe(b)
      }),
    )
  })
})
