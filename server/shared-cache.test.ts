import { describe, expect, it, vi } from 'vitest'
import { createSharedCache } from './shared-cache'

const limits = { ttlMs: 1_000, entries: 3, weight: 100, weigh: (value: string) => value.length }

describe('the shared cache', () => {
  it('forgets after its time', async () => {
    let now = 0
    const cache = createSharedCache(limits, () => now)
    const make = vi.fn(async () => '1')
    expect((await cache.get('a', make)).hit).toBe(false)
    now = 999
    expect((await cache.get('a', make)).hit).toBe(true)
    now = 1_000
    expect((await cache.get('a', make)).hit).toBe(false)
    expect(make).toHaveBeenCalledTimes(2)
  })

  it('shows what is past its time to who may have it older, and nothing that is not there yet', async () => {
    let now = 0
    const cache = createSharedCache({ ...limits, staleMs: 9_000 }, () => now)
    const running = cache.get('a', async () => '1')
    expect(cache.peek('a', 5_000)).toBeNull()
    await running
    now = 5_000
    expect(cache.peek('a', 5_000)).toBe('1')
    expect(cache.peek('a', 4_999)).toBeNull()
    expect(cache.peek('b', 5_000)).toBeNull()
  })

  it('holds nothing that nobody gets any more', async () => {
    vi.useFakeTimers()
    const [plain, stale] = [createSharedCache(limits), createSharedCache({ ...limits, staleMs: 2_000 })]
    for (const cache of [plain, stale]) await cache.get('a', async () => '1')
    await vi.advanceTimersByTimeAsync(999)
    expect([plain.size, stale.size]).toEqual([1, 1])
    await vi.advanceTimersByTimeAsync(1)
    expect([plain.size, stale.size]).toEqual([0, 1])
    expect(stale.peek('a', 5_000)).toBe('1')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(stale.size).toBe(0)
    vi.useRealTimers()
  })

  it('drops the least recently used beyond its number', async () => {
    const cache = createSharedCache(limits)
    const make = async () => '1'
    for (const key of ['a', 'b', 'c', 'a', 'd']) await cache.get(key, make)
    expect(cache.size).toBe(3)
    expect((await cache.get('a', make)).hit).toBe(true)
    expect((await cache.get('b', make)).hit).toBe(false)
  })

  it('stays within its weight, also where one value alone is larger', async () => {
    const cache = createSharedCache(limits)
    const make = (size: number) => async () => 'x'.repeat(size)
    for (const key of ['a', 'b', 'c']) await cache.get(key, make(45))
    expect(cache.size).toBe(2)
    await cache.get('d', make(500))
    expect(cache.size).toBe(0)
    expect((await cache.get('a', make(10))).hit).toBe(false)
    expect((await cache.get('a', make(10))).hit).toBe(true)
  })
})
