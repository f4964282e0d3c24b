import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlowObservation } from '@/core/observation'
import { createDecoder, type Decoder } from './decode'
import { goldmaneWindow } from './observe'
import type { Received } from './received'
import { encodeResult, flowOf } from './test-encode'

const options = { cluster: 'c1', windowSeconds: goldmaneWindow }

const isFlow = (received: Received): FlowObservation => {
  if (received.type !== 'flow') throw new Error(`${received.type}: ${received.reason}`)
  return received
}
const decode = (flow: object) => isFlow(createDecoder(options).result(encodeResult({ id: 1, flow })))

describe('keys', () => {
  const hits = [
    { kind: 'GlobalNetworkPolicy', name: 'a', tier: 'security', action: 'Pass' },
    { kind: 'Profile', name: 'kns.shop', action: 'Allow', policyIndex: 1 },
  ]
  const keyOf = (decoder: Decoder, key: object, flow: object = {}, id = 1) =>
    isFlow(decoder.result(encodeResult({ id, flow: flowOf(key, flow) }))).key

  it('a bucket told again, with more that came late and the hits in another order, is the same record', () => {
    const trace = (list: object[]) => ({ policies: { enforcedPolicies: list } })
    const first = keyOf(createDecoder(options), trace(hits))
    expect(keyOf(createDecoder(options), trace(hits.toReversed()), { bytesIn: 9 }, 99)).toBe(first)
  })

  it('one key under two ids in a bucket is two records, told again the same two', () => {
    const twice = (ids: number[]) => {
      const decoder = createDecoder(options)
      return ids.map((id) => keyOf(decoder, {}, { bytesIn: id }, id))
    }
    const [one, two, again] = twice([5, 6, 5])
    expect(two).not.toBe(one)
    expect(again).toBe(one)
    expect(new Set(twice([16, 15]))).toEqual(new Set([one, two]))
  })

  it('any order of any delivery gives the same keys', () => {
    const change = fc.record({
      destPort: fc.integer({ min: 1, max: 3 }),
      reporter: fc.constantFrom('Src', 'Dst'),
      action: fc.constantFrom('Allow', 'Deny'),
      start: fc.integer({ min: 0, max: 3 }),
      id: fc.integer({ min: 0, max: 2 }),
    })
    const delivery = fc.array(change, { minLength: 1, maxLength: 20 })
    const both = delivery.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
    )
    fc.assert(
      fc.property(both, ([list, replay]) => {
        const keys = (changes: typeof list) => {
          const decoder = createDecoder(options)
          return new Set(
            changes.map(({ start, id, ...key }) => keyOf(decoder, key, { startTime: 1_700_000_000 + start * 15 }, id)),
          )
        }
        expect(keys(replay)).toEqual(keys(list))
      }),
      { numRuns: 100 },
    )
  })

  it('Src and Dst of one conversation are two records of one call', () => {
    const { key: _, reporter: source, record: __, bytesSent, bytesReceived, ...src } = decode(flowOf())
    const other = decode(flowOf({ reporter: 'Dst' }, { bytesIn: '500', bytesOut: '4000' }))
    const { key: ___, reporter: destination, record: ____, ...dst } = other
    expect({ source, destination }).toEqual({ source: 'source', destination: 'destination' })
    expect(dst).toEqual({ ...src, bytesSent, bytesReceived })
    expect(other.key).not.toBe(decode(flowOf()).key)
  })
})
