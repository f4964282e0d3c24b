import { describe, expect, it } from 'vitest'
import { createPending } from './pending'
import { createResolver, noInventory } from './resolve'
import { flowOf } from './test-observations'

const now = 1_700_000_000_000
const record = () => ({ shape: '{}', detail: '{}', sourcePort: 1, summary: '' })
const pendingWith = (limits: { maxRecordsPerSecond?: number } = {}) =>
  createPending(
    'hubble',
    createResolver(noInventory),
    { maxEdges: 10, maxRecordsPerSecond: 2, maxAgeMs: 7_200_000, ...limits },
    [],
  )
const observe = (...observations: ReturnType<typeof flowOf>[]) => ({
  observations,
  gaps: [],
  checkpoint: null,
  malformed: 0,
})

describe('pending', () => {
  it('has nothing to write when nothing came', () => {
    expect(pendingWith().take()).toBeNull()
  })

  it.each([
    ['older than the finest tier keeps', now - 7_200_001],
    ['from the future', now + 301_000],
    ['without a time', Number.NaN],
  ])('refuses a record %s, and says so', (_, time) => {
    const pending = pendingWith()
    pending.add(observe(flowOf({ time })), now)
    expect(pending.take()).toMatchObject({ buckets: [], facts: { 'records out of time': 1 } })
  })

  it('keeps raw records up to the cap and denied ones beyond it, and counts all', () => {
    const pending = pendingWith()
    const flows = [1n, 2n, 3n, 4n].map((key) =>
      flowOf({ key, time: now, record, verdict: key === 4n ? 'denied' : 'allowed' }),
    )
    pending.add(observe(...flows), now)
    const write = pending.take()
    expect(write?.records.map((r) => r.key)).toEqual([1n, 2n, 4n])
    expect(write?.buckets.reduce((sum, row) => sum + (row.flows ?? 0), 0)).toBe(4)
    expect(write?.facts).toMatchObject({ 'raw records not kept': 1 })
  })

  it('hands over the newest reading of each subject once, also where nothing else came', () => {
    const pending = pendingWith()
    const reading = { cluster: 'c', node: 'n1', peerKey: 'k', handshakeAt: null }
    for (const readAt of [1, 2])
      pending.add({ ...observe(), readings: { tunnels: [{ ...reading, readAt }], certificates: [] } }, now)
    expect(pending.take()?.readings).toEqual({ tunnels: [{ ...reading, readAt: 2 }], certificates: [] })
    expect(pending.take()).toBeNull()
  })

  it('hands everything over once', () => {
    const pending = pendingWith()
    pending.add(observe(flowOf({ time: now })), now)
    expect(pending.take()?.seen).toEqual([1n])
    expect(pending.take()).toBeNull()
  })
})
