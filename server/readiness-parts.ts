import { secondsOf } from '@/core/series/covered'
import { classifyWorld } from '@/core/encryption/classify-world'
import { isInIstio } from '@/core/encryption/configured'
import { lookBack } from '@/core/encryption/look-back'
import { seatsOf } from '@/core/encryption/seats'
import type { SeenPart } from '@/core/encryption/seen-over'
import { type Scope, scopeKey } from '@/core/scope'
import type { Window } from '@/core/time'
import type { World } from '@/core/world'
import { loadGround } from './encryption-ground'
import { firstData } from './first-data'
import { processWide } from './process-wide'
import { createSharedCache } from './shared-cache'
import type { When } from './when'
import { readWorld } from './world'

export type ReadinessPart = SeenPart & { readonly world: World }

/** The past moves slowly, and only what calls into the mesh is kept of it. */
const pasts = () =>
  processWide('readiness-pasts', () =>
    createSharedCache<World>({ ttlMs: 600_000, entries: 24, weight: 100_000, weigh: ({ edges }) => edges.length }),
  )

/**
 * Up to a month before the end of a window in parts, newest first, over the ground of the window itself: what is asked
 * is what would happen now. Without ground (recordings) there are none. Costs what a window of a month costs, and
 * after that for ten minutes only its newest hour.
 */
export async function loadReadinessParts({ window, recording }: When, scope: Scope): Promise<readonly ReadinessPart[]> {
  if (recording !== null) return []
  const [ground, first] = await Promise.all([loadGround(window, scope), firstData()])
  const read = async (part: Window): Promise<World> => {
    const world = await readWorld({ window: part, recording: null }, scope, { namedAs: window })
    const known = { ...world, ground }
    const seats = seatsOf(known)
    return { ...known, edges: world.edges.filter(({ edge }) => isInIstio(edge.to, seats)) }
  }
  const parts: ReadinessPart[] = []
  // One after the other: the page itself is being read as well.
  for (const part of lookBack(window, first)) {
    const isNewest = parts.length === 0
    const key = JSON.stringify([part, scopeKey(scope)])
    const world = isNewest ? await read(part) : (await pasts().get(key, () => read(part))).value
    const known = { ...world, ground }
    const toldSeconds = (cluster: string) => secondsOf(known, cluster)
    parts.push({ window: part, world: known, classified: classifyWorld(known), toldSeconds })
  }
  return parts
}
