import { buildBaseline } from '@/core/baseline'
import { pastParts } from '@/core/past-parts'
import { type Scope, scopeKey } from '@/core/scope'
import type { Baseline, World } from '@/core/world'
import { readRecordings } from '@/server/db/read-recordings'
import { database } from './database'
import { firstData } from './first-data'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import type { When } from './when'

/** Read from coarse buckets and kept for minutes: the past moves slowly. */
const baselines = () =>
  processWide('baselines', () =>
    createSharedCache<{ readonly baseline: Baseline | null }>({
      ttlMs: 600_000,
      entries: 12,
      weight: 200_000,
      weigh: ({ baseline }) => baseline?.edges.size ?? 1,
    }),
  )

/** What was usual before a window, as the scope may see it; null where too little is known of it. `read` loads a part of the past. */
export async function loadBaseline(
  { window, recording }: When,
  scope: Scope,
  read: (when: When, scope: Scope) => Promise<World>,
): Promise<Baseline | null> {
  const first = recording === null ? await firstData() : await firstOfRecording(recording)
  const parts = pastParts(window, first)
  if (parts.length === 0) return null
  const key = JSON.stringify([parts, recording, scopeKey(scope)])
  const make = async () => {
    const worlds: World[] = []
    // One after the other: the window itself is being read as well.
    for (const part of parts) worlds.push(await read({ window: part, recording }, scope))
    return { baseline: buildBaseline(worlds) }
  }
  return (await baselines().get(key, make)).value.baseline
}

const firstOfRecording = async (id: number): Promise<number | null> =>
  (await readRecordings(database())).find((recording) => recording.id === id)?.from ?? null
