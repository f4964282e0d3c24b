import { expect, test } from 'vitest'
import { templateMatches } from './path-template'

test.each([
  ['/a/{*}', '/a/b', true],
  ['/a/{*}', '/a/', false],
  ['/a/{*}', '/a/b/c', false],
  ['/{*}/b', '/x/b', true],
  ['/{*}/b', '/x/c', false],
  ['/a/{**}', '/a/b/c', true],
  ['/a/{**}', '/a/', true],
  ['/a/{**}', '/a', false],
  ['/a/{**}/z', '/a/b/c/z', true],
  ['/a/{**}/z', '/a/z', false],
  ['/{*}/x/{**}', '/a/x/b/c', true],
  ['/{*}/x/{**}', '//x/b', false],
])('%s and %s', (template, path, fits) => expect(templateMatches(template.split('/'), path)).toBe(fits))
