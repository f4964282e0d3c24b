import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { AuditEvent } from '@/core/audit/event'
import { AppError } from './errors'

const written: string[] = []
let away = false

vi.mock('@/server/db/audit/write-audit-event', () => ({
  writeAuditEvent: async (_: unknown, { target, count = 1 }: AuditEvent) => {
    if (away) throw new AppError('unavailable', 'The database did not answer.')
    written.push(`${target} ${count}`)
  },
}))
vi.mock('./database', () => ({ ownDatabase: () => ({}) }))

const { flushAudit, writeAudit } = await import('./audit')

const event = (target: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'team.changed',
  actor: { account: 1, name: 'Alice' },
  by: 'session',
  target,
  result: 'done',
  requestId: null,
  from: '',
  ...more,
})

beforeEach(() => {
  vi.useFakeTimers()
  written.length = 0
  away = false
})
afterEach(() => vi.useRealTimers())

it('keeps what the database does not take, and writes it once it does, in order', async () => {
  away = true
  await writeAudit(event('first'))
  await writeAudit(event('second'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(written).toEqual([])
  away = false
  await vi.advanceTimersByTimeAsync(5_000)
  expect(written).toEqual(['first 1', 'second 1'])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(written).toHaveLength(2)
})

it('counts failures without end, and tells them when their time is over or the process ends', async () => {
  const failure = event('admin', {
    action: 'session.begun',
    actor: { account: null, name: 'admin' },
    result: 'refused',
  })
  for (let i = 0; i < 50; i++) await writeAudit(failure)
  expect(written).toHaveLength(10)
  await flushAudit()
  expect(written.at(-1)).toBe('admin 40')
})
