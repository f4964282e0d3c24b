import type { Gap } from '@/core/observation'

/** What to do with a bucket that comes after a resume. `taken`: its traffic was counted before. */
export type Resumption = {
  /** Bucket from `start` to `end` in milliseconds. */
  judge(start: number, end: number): 'new' | 'taken'
  /** What is lost by it, told once. */
  gap(): Gap | null
}

/**
 * Buckets begin with Goldmane's own start: after its restart Felix tells its last five minutes again and they come
 * in buckets that lie across those read before, under keys that no longer match. Everything before `from`, the end
 * of the last complete bucket, is counted; one bucket across it is given up and told as a gap.
 */
export function createResumption(cluster: string, from: number | null, overlapMs: number): Resumption {
  let gap: Gap | null = null
  let told = false

  return {
    judge(start, end) {
      if (from === null || start >= from) return 'new'
      // Goldmane walks its whole ring when it is asked for a bucket that is not complete yet.
      if (end <= from - overlapMs) return 'taken'
      const span = end - start
      if (span > 0 && (from - start) % span === 0) return 'new'
      if (end > from && !told) {
        told = true
        gap = { cluster, from, to: end, cause: 'lost_events', lost: null, part: '' }
      }
      return 'taken'
    },
    gap() {
      const one = gap
      gap = null
      return one
    },
  }
}
