import { expect, test } from 'vitest'
import type { Block } from './normal-form'
import { dropFurther } from './select-blocks'
import { maybe, type Tri, yes } from './tri'

const block = (selects: Tri, alone?: string) => {
  const made: Block = {
    direction: 'ingress',
    tier: 'istio-mtls',
    order: 0,
    isolates: false,
    subject: { is: 'anything' },
    rules: [],
    ...(alone === undefined ? {} : { alone }),
  }
  return { selects, block: made }
}
const kept = (...blocks: readonly ReturnType<typeof block>[]) =>
  dropFurther(blocks).map((one) => [blocks.findIndex(({ block: same }) => same === one.block), one.selects])

test('of blocks that stand alone the first that surely selects is the last that counts', () => {
  expect(kept(block(yes, 'a'), block(yes, 'a'))).toEqual([[0, yes]])
  expect(kept(block(maybe, 'a'), block(yes, 'a'), block(yes, 'a'))).toEqual([
    [0, maybe],
    [1, maybe],
  ])
  expect(kept(block(yes, 'a'), block(yes, 'b'), block(yes))).toEqual([
    [0, yes],
    [1, yes],
    [2, yes],
  ])
})
