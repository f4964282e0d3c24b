import { expect, test } from 'vitest'
import { columnsFor, defaultColumns } from '../flows/columns'
import { dnsColumns } from '../flows/dns-columns'
import { columnsThatFit, widthOf } from './columns-that-fit'

const columns = [
  { id: 'a', width: 100 },
  { id: 'b', width: 50, yields: true },
  { id: 'c', width: 100 },
  { id: 'd', width: 50, yields: true },
]

test.each<[string, number | null, string]>([
  ['all before the room is known', null, 'abcd'],
  ['all that fit', 300, 'abcd'],
  ['the last that yields goes first', 299, 'abc'],
  ['then the one before', 249, 'ac'],
  ['what does not yield stays', 10, 'ac'],
])('%s', (_, room, ids) => {
  expect(
    columnsThatFit(columns, room)
      .map(({ id }) => id)
      .join(''),
  ).toBe(ids)
})

test('of those that yield, the greater number goes first', () => {
  const ranked = [
    { id: 'a', width: 100 },
    { id: 'b', width: 50, yields: 2 },
    { id: 'c', width: 50, yields: 1 },
    { id: 'd', width: 50, yields: 1 },
  ]
  const shown = [249, 199, 149].map((room) =>
    columnsThatFit(ranked, room)
      .map(({ id }) => id)
      .join(''),
  )
  expect(shown).toEqual(['acd', 'ac', 'a'])
})

// What a table has beside the navigation and the panel of facets, in a window of 1280 and of 1440 px.
test.each([
  [864, 8],
  [1024, 10],
])('the usual columns of flows fit into %i px', (room, count) => {
  const shown = columnsThatFit(columnsFor([], defaultColumns), room)
  expect(shown).toHaveLength(count)
  expect(widthOf(shown)).toBeLessThanOrEqual(room)
})

test('every column of names fits beside the facets at 1280 px', () => {
  expect(widthOf(dnsColumns)).toBeLessThanOrEqual(864)
})
