import { expect, it } from 'vitest'
import { untoldSentence } from './untold'

const window = { from: 0, to: 1_000_000 }

it.each([
  [1000, null],
  [980, null],
  [400, 'Sources told of 40\u00a0% of this time; of the rest nothing is known, and no figure is about it.'],
  [0, 'Sources told of 0\u00a0% of this time; of the rest nothing is known, and no figure is about it.'],
])('says of how much nothing is known where sources told of %d s of 1000', (coveredSeconds, sentence) =>
  expect(untoldSentence({ window, coveredSeconds })).toBe(sentence),
)
