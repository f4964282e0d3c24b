import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flowId, parseFlowId } from './flow-id'

describe('flow ids', () => {
  it('come back as what they were, to the microsecond and in 64 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e15 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (micros, key) => {
        expect(parseFlowId(flowId({ time: micros / 1000, key }))).toEqual({ time: micros / 1000, key })
      }),
    )
  })

  it.each([
    '',
    '1',
    '-',
    'a-',
    '-a',
    'A-1',
    'a-b-c',
    "1-1' or 1=1",
    'zzzzzzzzzzz-1',
    '1-zzzzzzzzzzzzz',
    '1-'.padEnd(80, '1'),
  ])('are not %j', (text) => expect(parseFlowId(text)).toBeNull())
})
