import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimLimits, createClaims } from './inventory-claims'

const life = fc.record({
  from: fc.integer({ min: 0, max: 50 }),
  length: fc.integer({ min: 1, max: 30 }),
  open: fc.boolean(),
})
const times = Array.from({ length: 90 }, (_, time) => time)

const play = (lives: readonly { from: number; length: number; open: boolean }[], order: readonly number[]) => {
  const claims = createClaims<number>()
  for (const owner of order) {
    const one = lives[owner]
    if (!one) continue
    claims.open('10.0.0.1', String(owner), one.from, owner)
    if (!one.open) claims.close('10.0.0.1', String(owner), one.from + one.length)
  }
  return times.map((time) => claims.at('10.0.0.1', time))
}

describe('claims', () => {
  it('give a key to the one owner that began last and has not ended, in whatever order owners are learnt', () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (lives, draw) => {
        const naive = times.map((time) => {
          const holders = lives
            .map((one, owner) => ({ ...one, owner }))
            .filter((one) => one.from <= time && (one.open || time < one.from + one.length))
            .sort((a, b) => a.from - b.from || (String(a.owner) < String(b.owner) ? -1 : 1))
          return holders.at(-1)?.owner ?? null
        })
        const order = lives.map((_, index) => index)
        const shuffled = order.map((index) => [draw.next().value, index] as const).sort((a, b) => a[0] - b[0])
        expect(play(lives, order)).toEqual(naive)
        expect(
          play(
            lives,
            shuffled.map(([, index]) => index),
          ),
        ).toEqual(naive)
      }),
    )
  })

  it('keep within their limits and count what they drop', () => {
    const claims = createClaims<number>({ maxOpen: 10, maxClosed: 100, maxPerKey: 4 })
    for (let index = 0; index < 100_000; index++) {
      claims.open(`ip-${index % 1_000}`, String(index), index, index)
      claims.close(`ip-${index % 1_000}`, String(index), index + 1)
    }
    expect(claims.size).toBe(100)
    expect(claims.dropped).toBe(99_900)
    expect(claims.at('ip-999', 99_999)).toBe(99_999)
    for (let index = 0; index < 20; index++) claims.open(`open-${index}`, 'a', 0, index)
    expect(claims.at('open-9', 1)).toBe(9)
    expect(claims.at('open-10', 1)).toBeNull()
  })

  it('forget the oldest owners of one crowded key', () => {
    const claims = createClaims<number>({ ...claimLimits, maxPerKey: 3 })
    for (let owner = 0; owner < 10; owner++) claims.open('ip', String(owner), owner, owner)
    expect([claims.size, claims.dropped, claims.at('ip', 6), claims.at('ip', 7)]).toEqual([3, 7, null, 7])
  })

  it('prune what ended before a time and nothing that is open again', () => {
    const claims = createClaims<string>()
    claims.open('a', '1', 0, 'a')
    claims.close('a', '1', 10)
    claims.open('a', '1', 10, 'again')
    claims.open('b', '2', 0, 'b')
    claims.close('b', '2', 20)
    claims.prune(15)
    expect([claims.at('a', 5), claims.at('b', 5)]).toEqual(['again', 'b'])
    claims.prune(21)
    expect([claims.at('a', 5), claims.at('b', 5), claims.size]).toEqual(['again', null, 1])
  })

  it('find the nearest holder only within the grace', () => {
    const claims = createClaims<string>()
    claims.open('ip', '1', 100, 'x')
    claims.close('ip', '1', 200)
    const near = (time: number) => claims.near('ip', time, 30, 5)
    expect([94, 95, 100, 200, 230, 231].map(near)).toEqual([null, 'x', 'x', 'x', 'x', null])
  })
})
