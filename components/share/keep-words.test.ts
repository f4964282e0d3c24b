import { expect, test } from 'vitest'
import { choicesWithin, keepLabel } from './keep-words'

const day = 86_400_000

test.each([
  [null, ['7 days', '30 days', '90 days', 'No end']],
  [30 * day, ['7 days', '30 days']],
  [day, ['1\u00a0d']],
])('where links live %s ms at most, no longer time is promised', (longest, labels) => {
  expect(choicesWithin(longest).map((choice) => keepLabel(choice, longest))).toEqual(labels)
})
