import { expect, it } from 'vitest'
import type { FlowRow } from '@/core/flows/flow-row'
import { emptyTail, isFull, joined, maxWaiting, received, released, type Tail } from './tail'

const end = { cluster: 'eu', namespace: 'shop', kind: 'Deployment', name: 'web' }
const row = (time: number): FlowRow => ({
  id: `${time}-1`,
  time,
  from: end,
  to: end,
  sourcePort: 1,
  port: 80,
  protocol: 'tcp',
  l7: 'none',
  verdict: 'allowed',
  reason: '',
  encryption: 'unknown',
  hop: 'unknown',
  source: 'hubble',
  reporter: 'source',
  status: null,
  latencyMs: null,
  summary: '',
})
const page = (...times: number[]) => ({
  rows: times.map(row),
  before: null,
  after: times[0] === undefined ? null : `${times[0]}-1`,
  more: false,
  searchedTo: null,
})
const times = (rows: readonly FlowRow[]) => rows.map(({ time }) => time)

it('shows newer flows on top while nobody reads', () => {
  const tail = received(received(emptyTail, page(2, 1), false), page(4, 3), false)
  expect(times(tail.shown)).toEqual([4, 3, 2, 1])
  expect(tail).toMatchObject({ waiting: [], after: '4-1' })
})

it('lets them wait while the viewer reads, and shows them after', () => {
  const tail = received(received(emptyTail, page(1), false), page(3, 2), true)
  expect(times(tail.shown)).toEqual([1])
  expect(times(tail.waiting)).toEqual([3, 2])
  expect(times(released(tail).shown)).toEqual([3, 2, 1])
})

it('shows no flow twice, wherever it comes from', () => {
  const tail = received(received(emptyTail, page(2, 1), false), page(3, 2), false)
  expect(times(tail.shown)).toEqual([3, 2, 1])
  expect(times(joined(tail, [page(2, 1, 0), page(0, -1)]))).toEqual([3, 2, 1, 0, -1])
})

it('keeps its cursor when nothing is new', () => {
  const tail = received(received(emptyTail, page(1), false), page(), false)
  expect(tail.after).toBe('1-1')
})

it('is full when as many wait as may', () => {
  const full: Tail = { ...emptyTail, waiting: Array.from({ length: maxWaiting - 1 }, (_, i) => row(-i)) }
  expect(isFull(full)).toBe(false)
  expect(isFull(received(full, page(1), true))).toBe(true)
})

it('leaves nothing out around a pause', () => {
  const seen = [page(2, 1), page(4, 3), page(6, 5), page(8, 7)].reduce(
    (tail, next, index) => received(tail, next, index === 1 || index === 2),
    emptyTail,
  )
  expect(times(seen.shown)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  expect(seen.waiting).toEqual([])
})
