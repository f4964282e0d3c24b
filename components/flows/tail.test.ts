import { expect, it } from 'vitest'
import type { FlowRow } from '@/core/flow-row'
import { emptyTail, joined, maxWaiting, received, released, type Tail } from './tail'

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
})
const times = (rows: readonly FlowRow[]) => rows.map(({ time }) => time)

it('shows newer flows on top while nobody reads', () => {
  const tail = received(received(emptyTail, page(2, 1), false, 10), page(4, 3), false, 10)
  expect(times(tail.shown)).toEqual([4, 3, 2, 1])
  expect(tail).toMatchObject({ waiting: [], after: '4-1', skipped: false })
})

it('lets them wait while the viewer reads, and shows them after', () => {
  const tail = received(received(emptyTail, page(1), false, 10), page(3, 2), true, 10)
  expect(times(tail.shown)).toEqual([1])
  expect(times(tail.waiting)).toEqual([3, 2])
  expect(times(released(tail).shown)).toEqual([3, 2, 1])
})

it('shows no flow twice, wherever it comes from', () => {
  const tail = received(received(emptyTail, page(2, 1), false, 10), page(3, 2), false, 10)
  expect(times(tail.shown)).toEqual([3, 2, 1])
  expect(times(joined(tail, [page(2, 1, 0), page(0, -1)]))).toEqual([3, 2, 1, 0, -1])
})

it('keeps its cursor when nothing is new', () => {
  const tail = received(received(emptyTail, page(1), false, 10), page(), false, 10)
  expect(tail.after).toBe('1-1')
})

it('says when more came than fits', () => {
  expect(received(emptyTail, page(3, 2, 1), false, 3).skipped).toBe(true)
  const full: Tail = { ...emptyTail, waiting: Array.from({ length: maxWaiting }, (_, i) => row(-i)) }
  const tail = received(full, page(1), true, 10)
  expect(tail.waiting).toHaveLength(maxWaiting)
  expect(tail.skipped).toBe(true)
})
