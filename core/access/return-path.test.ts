import fc from 'fast-check'
import { expect, it } from 'vitest'
import { returnPath } from './return-path'

it.each([
  ['/services?q=ns:shop', '/services?q=ns:shop'],
  ['/', '/'],
  [null, '/'],
  ['', '/'],
  ['https://evil.example', '/'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/./../evil', '/evil'],
  ['/.//evil.example', '/'],
  ['/login', '/'],
  ['/api/v1/map', '/'],
  ['/apiary', '/apiary'],
  ['javascript:alert(1)', '/'],
  [`/${'x'.repeat(2_100)}`, '/'],
])('%s leads to %s', (asked, expected) => {
  expect(returnPath(asked)).toBe(expected)
})

it('never leaves the console', () => {
  const piece = fc.constantFrom('/', '\\', '..', '.', '//', 'evil.example', '@', ':', '%2f', '\t', '\n', '?', '#', 'a')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const url = new URL(returnPath(pieces.join('')), 'https://oriel.example')
      expect(url.origin).toBe('https://oriel.example')
      expect(new URL(`.${url.pathname}`, 'https://oriel.example/').origin).toBe('https://oriel.example')
    }),
    { numRuns: 2_000 },
  )
})
