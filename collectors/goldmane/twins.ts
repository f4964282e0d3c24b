/**
 * Felix sends the hits of a trace in any order and Goldmane counts each order apart, but sorts them when it
 * answers: several results of one bucket then have equal keys and differ in `id` only. They are told
 * apart by their place among the ids met for a key and bucket, because ids do not outlive a restart.
 */
export type Twins = {
  /** 0 for the first id of this key and bucket, 1 for the next … The same id gives the same number. */
  ordinal(key: string, start: number, id: number): number
}

/** Buckets come one after another, a replay of few of them. */
const maxBuckets = 8
const maxKeys = 200_000
const maxIds = 1_000

export function createTwins(): Twins {
  const buckets = new Map<number, Map<string, number | number[]>>()

  const bucketOf = (start: number) => {
    let bucket = buckets.get(start)
    if (!bucket) {
      const [oldest] = buckets.keys()
      if (buckets.size >= maxBuckets && oldest !== undefined) buckets.delete(oldest)
      bucket = new Map()
      buckets.set(start, bucket)
    }
    return bucket
  }

  return {
    ordinal(key, start, id) {
      const bucket = bucketOf(start)
      const ids = bucket.get(key)
      if (ids === undefined) {
        if (bucket.size < maxKeys) bucket.set(key, id)
        return 0
      }
      if (typeof ids === 'number') {
        if (ids === id) return 0
        bucket.set(key, [ids, id])
        return 1
      }
      const at = ids.indexOf(id)
      if (at >= 0) return at
      if (ids.length < maxIds) ids.push(id)
      return ids.length - 1
    },
  }
}
