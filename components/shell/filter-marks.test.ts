import { expect, test } from 'vitest'
import { piecesOf } from './filter-marks'

test.each([
  ['cart', ['cart:']],
  ['ns:shop x', ['ns:shop:chip', ' x:']],
  ['a !ns:shop,bank or to:"b c"', ['a :', '!ns:shop,bank:chip', ' or :', 'to:"b c":chip']],
])('draws %s', (text, expected) => {
  const pieces = piecesOf(text, null)
  expect(pieces.map(({ text }) => text).join('')).toBe(text)
  const joined: string[] = []
  for (const { text, look } of pieces) {
    const name = look ? 'chip' : ''
    const last = joined.at(-1)
    if (!look && last?.endsWith(':')) joined[joined.length - 1] = `${last.slice(0, -1)}${text}:`
    else joined.push(`${text}:${name}`)
  }
  expect(joined).toEqual(expected)
})

test('underlines what is wrong alone', () => {
  const pieces = piecesOf('ns:shop eror:>5%', { at: 8, end: 16, message: '' })
  expect(pieces.filter(({ look }) => look.includes('wavy')).map(({ text }) => text)).toEqual(['eror:>5%'])
})
