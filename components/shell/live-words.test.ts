import { expect, it } from 'vitest'
import type { LiveState } from '../live'
import { followWords, liveWords } from './live-words'

it.each<[LiveState, boolean, string, string]>([
  ['live', false, 'Live', 'Follows new flows'],
  ['connecting', false, 'Connecting', 'Follows new flows'],
  ['lost', false, 'Reconnecting', 'Waits for the live stream to come back'],
  ['lost', true, 'Not logged in', 'Follows nothing: your session has ended'],
  ['live', true, 'Not logged in', 'Follows nothing: your session has ended'],
])('a stream that is %s (session ended: %s) is told as what it is', (state, isEnded, word, follows) => {
  expect([liveWords(state, isEnded).word, followWords(state, isEnded)]).toEqual([word, follows])
})

it('who is not logged in is never told that something is tried again or followed', () => {
  for (const state of ['connecting', 'live', 'lost', 'hidden'] as const)
    expect(liveWords(state, true).say).not.toMatch(/tried again|follows/)
})
