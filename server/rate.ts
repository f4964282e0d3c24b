import { AppError } from './errors'
import { processWide } from './process-wide'

export type Rate = {
  /** Asked at once. */
  readonly burst: number
  readonly perSecond: number
}

/** Far above what the tabs of somebody ask who plays through time on a wide page; a script in a loop meets it. */
const ofPeople: Rate = { burst: 2_000, perSecond: 100 }
/** People known at a time; who was not heard of for longest is forgotten, which gives them a full bucket. */
const maxKeys = 10_000

export type Buckets = {
  /** Takes `cost` for somebody; the seconds to wait where there is not enough, else 0. */
  take(key: string, cost: number): number
}

/** Token buckets, one a key. `now` in milliseconds. */
export function createBuckets({ burst, perSecond }: Rate, now: () => number = Date.now): Buckets {
  const known = new Map<string, { readonly left: number; readonly at: number }>()
  return {
    take(key, cost) {
      const at = now()
      const before = known.get(key)
      const left = before ? Math.min(burst, before.left + ((at - before.at) / 1000) * perSecond) : burst
      const enough = left >= cost
      known.delete(key)
      known.set(key, { left: enough ? left - cost : left, at })
      const [oldest] = known.keys()
      if (known.size > maxKeys && oldest !== undefined) known.delete(oldest)
      return enough ? 0 : Math.max(1, Math.ceil((cost - left) / perSecond))
    },
  }
}

/**
 * Counts what somebody asks in this process. `who`: an account, or the address of somebody who is not logged in.
 * Throws AppError('too_many') that says when to ask again.
 */
export function checkRate(who: number | string, cost: number): void {
  const wait = processWide('rate', () => createBuckets(ofPeople)).take(String(who), cost)
  if (wait === 0) return
  throw new AppError('too_many', `You asked more than Oriel answers for one person. Ask again in ${wait} s.`, {
    retryAfter: wait,
  })
}
