import { draftBaseline } from '@/core/health/baseline'
import { pastParts } from '@/core/health/past-parts'
import { type Scope, scopeKey } from '@/core/scope'
import type { Window } from '@/core/time'
import type { Baseline, World } from '@/core/world'
import { readRecordings } from '@/server/db/recordings/read-recordings'
import { database } from './database'
import { toError } from './errors'
import { firstData } from './first-data'
import { log } from './log'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import { createTrailing } from './trailing'
import { pastTheWall } from './wall'
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

/** Of a few lengths of window, for the moment in which the next past is read. */
const trailing = () =>
  processWide('trailing-baselines', () =>
    createTrailing<Baseline | null>(4, (thrown) =>
      log.warn({ error: toError(thrown).message }, 'the past could not be read'),
    ),
  )

/** A past that ends so much earlier than the wanted one tells nearly the same. */
const nearMs = 900_000

/**
 * What was usual before a window, as the scope may see it; null where too little is known of it. `read` loads a part
 * of the past. A window that moves on is held against the past that is known while the next one is read: nobody waits
 * for it every five minutes.
 */
export async function loadBaseline(
  { window, recording }: When,
  scope: Scope,
  read: (when: When, scope: Scope, as: { readonly namedAs: Window }) => Promise<World>,
): Promise<Baseline | null> {
  const first = recording === null ? await firstData() : await firstOfRecording(recording)
  const parts = pastParts(window, first)
  if (parts.length === 0) return null
  const key = JSON.stringify([parts, recording, scopeKey(scope)])
  const kind = JSON.stringify([window.to - window.from, recording, scopeKey(scope)])
  const make = async () => {
    const past = draftBaseline()
    // One after the other: the window itself is being read as well, and of a large installation one fills 100 MB.
    for (const part of parts) past.add(await read({ window: part, recording }, scope, { namedAs: window }))
    return { baseline: past.finish() }
  }
  const wanted = async () => (await baselines().get(key, make)).value.baseline
  return trailing().get({ kind, key }, wanted, (last) => last !== null && isNear(last, parts))
}

function isNear({ window }: Baseline, parts: readonly Window[]): boolean {
  const end = parts.at(-1)?.to ?? 0
  return window.to <= end && window.to > end - nearMs
}

const firstOfRecording = (id: number): Promise<number | null> =>
  pastTheWall(
    () => readRecordings(database()),
    (all) => all.find((recording) => recording.id === id)?.from ?? null,
  )
