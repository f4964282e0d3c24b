import { expect, test } from 'vitest'
import { readRanges, withRange } from './recent-ranges'

test.each([
  [null, []],
  ['{', []],
  ['7', []],
  ['[{"from":1,"to":2},{"from":"1","to":2},{"from":3,"to":2},null]', [{ from: 1, to: 2 }]],
])('%s is read as %j', (text, ranges) => expect(readRanges(text)).toEqual(ranges))

test('the newest is first, each once, of five', () => {
  const all = [1, 2, 3, 4, 5, 6, 3].reduce<ReturnType<typeof readRanges>>(
    (ranges, from) => withRange(ranges, { from, to: 9 }),
    [],
  )
  expect(all.map(({ from }) => from)).toEqual([3, 6, 5, 4, 2])
})
