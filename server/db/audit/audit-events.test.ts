import { beforeEach, describe, expect, it } from 'vitest'
import type { AuditEvent } from '@/core/audit/event'
import { inTransaction } from '../pool'
import { pruneAuditEvents } from './prune-audit-events'
import { testDatabase } from '../testing'
import { writeAuditEvent } from './write-audit-event'

const db = testDatabase()
const day = 86_400_000

const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'team.changed',
  actor: { account: 7, name: 'Alice' },
  by: 'session',
  byId: 3,
  target: 'store',
  before: { name: 'store', namespaces: ['shop'] },
  after: { name: 'store', namespaces: ['shop', 'cart'] },
  result: 'done',
  requestId: 'r-1',
  from: '10.0.0.1',
  agent: 'Chromium',
  ...more,
})

beforeEach(async () => {
  await db.pool.query('alter table audit_event disable trigger user')
  await db.pool.query('truncate audit_event')
  await db.pool.query('alter table audit_event enable trigger user')
})

const rows = async () => (await db.pool.query('select * from audit_event order by id')).rows

it('is written with who, what and where from, and of the details only what differs', async () => {
  const before = Date.now() - 1_000
  const id = await writeAuditEvent(db.pool, event())
  expect(await rows()).toMatchObject([
    {
      id,
      account_id: 7,
      account_name: 'Alice',
      means: 'session',
      means_id: 3,
      action: 'team.changed',
      before: { namespaces: ['shop'] },
      after: { namespaces: ['shop', 'cart'] },
      cut: [],
      result: 'done',
      address: '10.0.0.1',
      count: 1,
    },
  ])
  expect((await rows())[0].at).toBeGreaterThan(before)
})

it('takes whatever text comes, cleaned', async () => {
  const hostile = '\u0000\ud800 \u001b[31m\u202e=HYPERLINK("x") <script>'
  await writeAuditEvent(
    db.pool,
    event({
      actor: { account: null, name: hostile },
      target: hostile.repeat(500),
      after: { [hostile]: hostile, __proto__: null },
      reason: hostile,
      agent: hostile,
      from: hostile,
    }),
  )
  const text = JSON.stringify(await rows())
  expect(text).not.toMatch(/\\u00|\\ud8|\u202e/)
  expect(text).toContain('<script>')
})

describe('nothing of it is taken back', () => {
  it.each([
    ['update', `update audit_event set account_name = 'Mallory'`],
    ['delete', 'delete from audit_event'],
    ['truncate', 'truncate audit_event'],
    ['delete by a function with another name', `do $$ begin delete from audit_event; end $$`],
  ])('by %s', async (_, statement) => {
    await writeAuditEvent(db.pool, event())
    await expect(db.pool.query(statement)).rejects.toThrow('the audit is append-only')
    expect(await rows()).toHaveLength(1)
  })

  it('but what is past its retention, of at least six days', async () => {
    const now = Date.now()
    for (const age of [0, 6, 30, 500]) await writeAuditEvent(db.pool, event({ target: `${age}` }), now - age * day)
    expect(await pruneAuditEvents(db.pool, now - 400 * day)).toBe(1)
    await expect(pruneAuditEvents(db.pool, now - day)).rejects.toThrow('at least six days')
    expect(await pruneAuditEvents(db.pool, now - 8 * day)).toBe(1)
    expect((await rows()).map(({ target }) => target)).toEqual(['0', '6'])
  })
})

it('stands or falls with the transaction of what it tells', async () => {
  const failed = inTransaction(db.pool, async (connection) => {
    await writeAuditEvent(connection, event())
    throw new Error('the change failed')
  })
  await expect(failed).rejects.toThrow('the change failed')
  expect(await rows()).toEqual([])
})
