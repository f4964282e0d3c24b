import { expect, it } from 'vitest'
import type { AuditEvent } from './event'
import { createFlood } from './flood'

const limits = { each: 3, unknown: 10, spanMs: 1_000, keys: 20 }
const refused = (from: string, account: number | null = null): AuditEvent => ({
  action: 'session.begun',
  actor: { account, name: 'admin' },
  by: 'session',
  target: '',
  result: 'refused',
  reason: 'wrong password',
  requestId: null,
  from,
})

it('lets the first ones through and tells the rest together, once their time is over', () => {
  const flood = createFlood(limits)
  expect(Array.from({ length: 100 }, (_, i) => flood.admit(refused('a'), i)).filter(Boolean)).toHaveLength(3)
  expect(flood.drain(500)).toEqual([])
  expect(flood.drain(1_000)).toMatchObject([{ count: 97, from: 'a', reason: expect.stringMatching(/^97 more/) }])
  expect(flood.drain(5_000)).toEqual([])
  expect(flood.admit(refused('a'), 5_000)).toBe(true)
})

it('never holds back what was done', () => {
  const flood = createFlood(limits)
  const done = { ...refused('a'), result: 'done' } as const
  expect(Array.from({ length: 50 }, () => flood.admit(done, 0)).every(Boolean)).toBe(true)
})

it('tells the saves of one draft together, of each person and draft', () => {
  const flood = createFlood(limits)
  const saved = (target: string, account = 7): AuditEvent => ({
    ...refused('a', account),
    action: 'draft.changed',
    target,
    result: 'done',
    reason: undefined,
  })
  const asked = [saved('draft 1'), saved('draft 1'), saved('draft 2'), saved('draft 1', 8), saved('draft 1')]
  expect(asked.map((event) => flood.admit(event, 0))).toEqual([true, false, true, true, false])
  expect(flood.drain(1_000)).toMatchObject([{ count: 2, target: 'draft 1', result: 'done' }])
})

it('has a bound for strangers of all addresses, which those who are known do not share', () => {
  const flood = createFlood(limits)
  const admitted = Array.from({ length: 10_000 }, (_, i) => flood.admit(refused(`10.0.${i >> 8}.${i & 255}`), 0))
  expect(admitted.filter(Boolean)).toHaveLength(10)
  expect(flood.admit(refused('10.0.0.1', 7), 0)).toBe(true)
  const told = flood.drain(1_000)
  expect(told.length).toBeLessThanOrEqual(limits.keys + 2)
  expect(told.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(9_990)
})

it('loses none that comes after a span is over and before it is told', () => {
  const flood = createFlood(limits)
  for (let i = 0; i < 5; i++) flood.admit(refused('a'), 0)
  const admitted = flood.admit(refused('a'), 2_000)
  const told = flood.drain(2_000).reduce((sum, { count = 1 }) => sum + count, 0)
  expect(Number(admitted) + told + 3).toBe(6)
})

it('tells all at the end', () => {
  const flood = createFlood(limits)
  for (let i = 0; i < 5; i++) flood.admit(refused('a'), 0)
  expect(flood.drain(Number.POSITIVE_INFINITY)).toMatchObject([{ count: 2 }])
})
