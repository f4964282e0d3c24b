import { expect, it } from 'vitest'
import { changedLines } from './changed-lines'

it('marks lines that were added and the line after those that were taken away', () => {
  expect(changedLines('a\nb\nc\n', 'a\nc\nd\n')).toEqual({ added: [3], removedBefore: [2] })
})

it('marks a replaced line as added alone', () => {
  expect(changedLines('a\nb\nc\n', 'a\nx\nc\n')).toEqual({ added: [2], removedBefore: [] })
})
