import { createLru } from './lru'
import { databaseError, type Pool } from '../pool'

/** Reads rows that never change once they exist, keeping the newest used of each database in memory. */
export function immutableCache<T>(
  max: number,
  read: (pool: Pool, ids: readonly number[]) => Promise<ReadonlyMap<number, T>>,
) {
  const caches = new WeakMap<Pool, ReturnType<typeof createLru<number, T>>>()
  return async (pool: Pool, ids: Iterable<number>): Promise<Map<number, T>> => {
    let cache = caches.get(pool)
    if (!cache) caches.set(pool, (cache = createLru<number, T>(max)))
    const found = new Map<number, T>()
    const missing: number[] = []
    for (const id of new Set(ids)) {
      const value = cache.get(id)
      if (value === undefined) missing.push(id)
      else found.set(id, value)
    }
    if (missing.length === 0) return found
    const fresh = await read(pool, missing).catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
    for (const [id, value] of fresh) {
      found.set(id, value)
      cache.set(id, value)
    }
    return found
  }
}
