import { expect, it } from 'vitest'
import { steadyOrder } from './use-steady-order'

const items = (...names: string[]) => names.map((id, at) => ({ id, at }))

it.each([
  ['the same ones stay, with their new figures', ['b', 'a', 'c'], ['a', 'b', 'c'], 'a1 b0 c2'],
  ['one that comes orders all anew', ['d', 'a', 'b', 'c'], ['a', 'b', 'c'], 'd0 a1 b2 c3'],
  ['one in place of another too', ['d', 'a', 'b'], ['a', 'b', 'c'], 'd0 a1 b2'],
  ['nothing was there before', ['b', 'a'], [], 'b0 a1'],
] as const)('%s', (_, now, before, expected) =>
  expect(
    steadyOrder(items(...now), before)
      .map(({ id, at }) => `${id}${at}`)
      .join(' '),
  ).toBe(expected),
)
