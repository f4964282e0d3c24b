import { execFileSync } from 'node:child_process'
import { assert, property, string } from 'fast-check'
import { expect, it, test } from 'vitest'
import { shellWord } from './shell-word'

test.each([
  ['http-348.jsonl', 'http-348.jsonl'],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['$(rm -rf x)', "'$(rm -rf x)'"],
  ['-rf', "'-rf'"],
  ['', "''"],
])('%s', (text, word) => expect(shellWord(text)).toBe(word))

it('is read back by a shell as it was', () => {
  assert(
    property(string({ unit: 'grapheme-ascii', maxLength: 30 }), (text) => {
      expect(execFileSync('sh', ['-c', `printf %s ${shellWord(text)}`]).toString()).toBe(text)
    }),
    { numRuns: 40 },
  )
})
