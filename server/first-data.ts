import { readFirstBucket } from '@/server/db/buckets/read-first-bucket'
import { database } from './database'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { pastTheWall } from './wall'

const freshMs = 30_000
/** While there is none, it may come any moment. */
const emptyMs = 1_000

/** Start of the oldest bucket that is kept, in milliseconds; null without any. It only moves with retention, so it is asked rarely. */
export const firstData = (): Promise<number | null> => pastTheWall(readFirst, (first) => first)

async function readFirst(): Promise<number | null> {
  const known = processWide('first-data', () =>
    createSharedCache<{ readonly at: number | null }>({ ttlMs: freshMs, entries: 2, weight: 2, weigh: () => 1 }),
  )
  const ask = async () => ({ at: await readFirstBucket(database()) })
  const { at } = (await known.get('first', ask)).value
  return at ?? (await known.get('first while empty', ask, emptyMs)).value.at
}
