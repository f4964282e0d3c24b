import { expect, test } from 'vitest'
import { createRing } from './ring'
import { merge, selectSpan } from './select'

const everything = { number: 0, follow: false, first: false, since: null, until: null, filtered: false }
const filled = (events: number) => {
  const ring = createRing('n', 64)
  for (let time = 0; time < events; time++) ring.push({ time, data: Buffer.alloc(0) })
  return ring
}

test('a ring holds its newest events', () => {
  const ring = filled(100)
  expect([ring.oldest, ring.next, ring.at(35), ring.at(36)?.time, ring.at(99)?.time, ring.at(100)]).toEqual([
    36,
    100,
    undefined,
    36,
    99,
    undefined,
  ])
})

test('a full ring is read from a little after its oldest event, another from its first', () => {
  expect(selectSpan(filled(64), everything).start).toBe(0)
  expect(selectSpan(filled(100), everything).start).toBe(40)
  expect(selectSpan(filled(100), { ...everything, first: true, number: 3 })).toMatchObject({ start: 40, end: 43 })
})

test('events overwritten while a reader stood before them are told of once', () => {
  const ring = filled(60)
  const span = selectSpan(ring, everything)
  const lost: number[] = []
  const reading = merge(
    [span],
    () => ring.next,
    (_, count) => void lost.push(count),
  )
  expect(reading.next().value?.time).toBe(0)
  for (let time = 60; time < 74; time++) ring.push({ time, data: Buffer.alloc(0) })
  const rest = [...reading].map((entry) => entry.time)
  expect(lost).toEqual([9])
  expect(rest).toEqual(Array.from({ length: 64 }, (_, i) => i + 10))
})
