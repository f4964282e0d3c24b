import { expect, it } from 'vitest'
import { unsaidReason } from './unsaid-reason'

const problem = { sentence: 'You may not change policies in shop.' }

it('is not said twice where the sentence on the whole has it', () =>
  expect(unsaidReason(problem, 'This would be refused. You may not change policies in shop.')).toBeNull())

it('is said of an object of which the whole says nothing', () => {
  expect(unsaidReason(problem, 'It stopped at NetworkPolicy web.')).toBe(problem.sentence)
  expect(unsaidReason(null, '')).toBeNull()
})
