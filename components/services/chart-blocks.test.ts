import { expect, it } from 'vitest'
import { chartBlocks } from './chart-blocks'
import { serviceRow } from './test-rows'
import type { Line } from './sort-services'

const service = (n: number): Line => ({ type: 'service', row: serviceRow(`w${String(n).padStart(2, '0')}`) })
const lines = Array.from({ length: 40 }, (_, n) => service(39 - n))
const names = (first: number, last: number, of = lines) =>
  chartBlocks(of, { first, last }).map((ids) => [ids.length, ids[0]?.split('/').at(-1), ids.at(-1)?.split('/').at(-1)])

it.each([
  [
    'whole blocks around what is in sight',
    3,
    20,
    [
      [16, 'w24', 'w39'],
      [16, 'w08', 'w23'],
    ],
  ],
  ['one block where no other is touched', 16, 31, [[16, 'w08', 'w23']]],
  ['nothing after the last row', 35, 90, [[8, 'w00', 'w07']]],
])('%s', (_, first, last, expected) => expect(names(first, last)).toEqual(expected))

it('headings ask for nothing', () => {
  const heading: Line = { type: 'head', key: 'k', label: 'shop', worst: 'healthy', count: 1 }
  expect(names(0, 15, [heading, service(1)])).toEqual([[1, 'w01', 'w01']])
  expect(names(0, 15, [heading])).toEqual([])
})
