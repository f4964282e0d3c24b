import { expect, test } from 'vitest'
import { teamlessSentence } from './teamless-sentence'

test.each([
  ['everything', 'teams', /role that you have everywhere/],
  ['nothing', 'teams', /so you see nothing/],
  ['teams', 'kubernetes', /comes from the clusters/],
  ['nothing', 'kubernetes', /No cluster lets you see/],
] as const)('who sees %s by %s is told why', (sees, rightsFrom, words) => {
  expect(teamlessSentence({ sees, rightsFrom })).toMatch(words)
})
