import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { requestMatches } from '../request-match'
import { maybe, no, triOf, yes } from '../tri'
import { fitsPattern, patternOf } from './cilium-regex'

const matches = (regex: string, path: string) => requestMatches(fitsPattern('path', patternOf(regex)), { path })

describe('what can be told of a regular expression without running it', () => {
  test.each([
    ['/a', '/a', yes],
    ['/a', '/ab', no],
    ['^/a$', '/a', yes],
    ['^/a|/b$', '/b', yes],
    ['/a.*', '/a/b', yes],
    ['/a.*?', '/a/b', yes],
    ['.*/z', '/a/z', yes],
    ['/a/.*/z', '/a/z', no],
    ['/a/.*/z', '/a//z', yes],
    ['/v1\\.0', '/v1.0', yes],
    ['/v1\\.0', '/v1x0', no],
    ['/v1.0', '/v1.0', yes],
    ['/v1.0', '/v1x0', maybe],
    ['/v1.0', '/w1.0', no],
    ['/a+', '/aa', maybe],
    ['/a?b', '/xb', maybe],
    ['/a?b', '/xc', no],
    ['/x{2}', '/xx', maybe],
    ['/[a|b]', '/a', maybe],
    ['/[a|b]', '/a|', maybe],
    ['/\\d', '/1', maybe],
    ['/\\d', 'x1', no],
    ['/\\|', '/|', yes],
    ['/(a|b)', '/q', maybe],
    ['/a^b', '/a^b', maybe],
  ])('%s and %s', (regex, path, expected) => {
    expect(matches(regex, path)).toBe(expected)
  })

  test('what is surely so or not is what running it says', () => {
    const piece = fc.constantFrom('a', 'b', '.', '.*', '.*?', 'a+', 'b?', '[ab]', '\\.', '|', 'a{2}', '\\w', '(a|b)')
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', 'c'), maxLength: 6 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), text, (pieces, path) => {
        const regex = pieces.join('')
        const told = matches(regex, path)
        if (told !== maybe) expect(told).toBe(triOf(new RegExp(`^(?:${regex})$`, 's').test(path)))
      }),
      { numRuns: 500 },
    )
  })
})
