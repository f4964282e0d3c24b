import { describe, expect, test } from 'vitest'
import { findDrafts } from '../health/find-attention'
import type { Restart } from '../marks/restart'
import { workload, world } from '../world-fixture'

const minute = 60_000
const window = { from: 100 * minute, to: 130 * minute }
const cart = workload('cart')

/** Restarts of one container at these minutes, counted from `first` on. */
const restarts = (at: readonly number[], more: Partial<Restart> = {}, first = 1): Restart[] =>
  at.map((m, n) => ({
    workload: cart,
    pod: 'cart-1',
    uid: 'u1',
    container: 'app',
    at: m * minute,
    count: first + n,
    reason: 'OOMKilled',
    exitCode: 137,
    ...more,
  }))
const told = (found: readonly Restart[]) =>
  findDrafts(world([], { window, restarts: found })).map(({ title, sentence }) => [title, sentence])

describe('pods that restart again and again', () => {
  test.each<[string, Restart[], string[][]]>([
    ['twice is none', restarts([110, 120]), []],
    [
      'three times in an hour',
      restarts([104, 110, 120]),
      [
        [
          'A pod of cart restarts again and again: OOMKilled',
          'Container app of cart-1 restarted 3 times within 16 min; it ended last with OOMKilled.',
        ],
      ],
    ],
    [
      'with what led to the window, because the pauses grow long',
      restarts([72, 90, 102]),
      [
        [
          'A pod of cart restarts again and again: OOMKilled',
          'Container app of cart-1 restarted 3 times within 30 min; it ended last with OOMKilled.',
        ],
      ],
    ],
    ['that ended before the window', restarts([70, 80, 90]), []],
    ['three times in more than an hour', restarts([50, 85, 120]), []],
    ['three containers once each', ['a', 'b', 'c'].flatMap((uid) => restarts([120], { uid })), []],
    [
      'restarts that nobody saw are in the count',
      [...restarts([105]), ...restarts([125], {}, 9)],
      [
        [
          'A pod of cart restarts again and again: OOMKilled',
          'Container app of cart-1 restarted 9 times within 20 min; it ended last with OOMKilled.',
        ],
      ],
    ],
    [
      'several pods are one finding, told of the worst, with every reason',
      [
        ...restarts([104, 110, 120], { uid: 'u2', pod: 'cart-2', reason: 'Error', exitCode: 2 }),
        ...restarts([104, 106, 110, 120]),
      ],
      [
        [
          'Two pods of cart restart again and again: OOMKilled and Error (exit code 2)',
          'Container app of cart-1 restarted 4 times within 16 min; it ended last with OOMKilled.',
        ],
      ],
    ],
    ['in whatever order they come', restarts([104, 110]).toReversed(), []],
  ])('%s', (_, found, expected) => expect(told(found)).toEqual(expected))

  test('are about their workload, and name who told', () => {
    expect(findDrafts(world([], { window, restarts: restarts([104, 110, 120]) }))).toMatchObject([
      {
        audit: 'pod-restarts',
        severity: 'degraded',
        subject: 'east/shop/Deployment/cart',
        endpoints: ['east/shop/Deployment/cart'],
        affected: [],
        evidence: [{ figure: 'restarts of cart-1', value: '3 in all', witness: 'kubernetes' }],
      },
    ])
  })

  test('are none where nobody reads Kubernetes', () => expect(findDrafts(world([], { window }))).toEqual([]))
})
