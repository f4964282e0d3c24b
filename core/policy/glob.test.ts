import { expect, test } from 'vitest'
import { globMatches } from './glob'

test.each([
  [['ab'], 'ab', true],
  [['ab'], 'abc', false],
  [['a', 'b'], 'a-b', true],
  [['ab', 'ba'], 'aba', false],
  [['', 'ab', 'a', ''], 'xabxa', true],
  [['', 'ab', 'a', ''], 'xabx', false],
  [['', 'b', 'a'], 'ba', true],
])('%j fits %s: %s', (parts, text, fits) => expect(globMatches(parts, text)).toBe(fits))
