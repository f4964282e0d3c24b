import { expect, test } from 'vitest'
import { pauseAfter } from './warm'

test.each([
  ['quick', 20, 10_000],
  ['a second', 1_000, 40_000],
  ['very slow', 60_000, 300_000],
])('after an answer that was %s: rests', (_, took, pause) => expect(pauseAfter(took)).toBe(pause))
