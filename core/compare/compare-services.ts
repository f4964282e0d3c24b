import { absenceOf } from '../health/absence'
import { compareFigures, type Difference } from './compare'
import { secondsOf } from '../series/covered'
import { endpointKey, endpointType } from '../endpoint'
import type { Figures } from '../figures/figures'
import { fuse } from '../witness/fuse'
import { partiesOf, type Party } from '../services/service-parties'
import { figuresOf } from '../figures/tally'
import { windowSeconds } from '../time'
import { type Told, toldOf } from '../witness/told-share'
import { witnessNames } from '../witness/witness'
import type { World } from '../world'

/** What the services of a World were in the window before. */
export type ServicesBefore = {
  /** What came in then; null where nothing did or too little of that window was seen. */
  figures(id: string): Figures | null
  /** How what comes in differs, the worst first. */
  differences(id: string, party: Party): readonly Difference[]
  /** Who was there then and is not among these now, by id in order, each with what that means. */
  gone(now: ReadonlyMap<string, Party>): readonly { readonly id: string; readonly party: Party; readonly how: Gone }[]
}

type Gone = 'gone' | 'unknown'

/** Less of the period before says too little about it: a fresh start would read as growth everywhere. */
const minCovered = 0.5

/** Holds the services of a World against those of another window. O(edges of before). */
export function compareServices(now: World, before: World): ServicesBefore {
  const parties = partiesOf(before)
  const told = { now: toldOf(now), before: toldOf(before) }
  const exists = new Set(now.inventory.map(({ endpoint }) => endpointKey(endpoint)))
  const existed = new Set(before.inventory.map(({ endpoint }) => endpointKey(endpoint)))

  const figures = (id: string): Figures | null => {
    const party = parties.get(id)
    if (!party?.incoming) return null
    const seconds = secondsOf(before, party.endpoint.cluster)
    return seconds < minCovered * windowSeconds(before.window) ? null : figuresOf(party.incoming, seconds)
  }
  return {
    figures,
    differences(id, party) {
      const was = parties.get(id)
      const { cluster } = party.endpoint
      const earlier = figures(id)
      if (party.incoming && earlier) {
        const seconds = { now: secondsOf(now, cluster), before: secondsOf(before, cluster) }
        return compareFigures(figuresOf(party.incoming, seconds.now), earlier, seconds)
      }
      if (party.incoming && !was?.incoming) {
        const how = missing(party, now, before, told.before)
        return how === 'gone' ? ['new'] : how ? [how] : []
      }
      const how = was?.incoming && !party.incoming ? missing(was, before, now, told.now) : null
      return how ? [how] : []
    },
    gone: (present) =>
      [...parties]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([id, party]) => {
          const type = endpointType(party.endpoint)
          const here = present.get(id)
          if (type === 'workload' ? here : type !== 'service' || here?.incoming || !party.incoming) return []
          // The inventory knows for certain; traffic tells only where somebody looked.
          const deleted = exists.size > 0 && existed.has(id) && !exists.has(id)
          const how = deleted ? 'gone' : missing(party, before, now, told.now)
          return how ? [{ id, party, how }] : []
        }),
  }
}

/** What it means that nothing comes in to somebody in the other window; null where it is too rare to say. */
function missing(party: Party, seen: World, other: World, told: Told): Gone | null {
  const { cluster } = party.endpoint
  if (!party.incoming) return null
  const seconds = secondsOf(seen, cluster)
  const witnesses = new Set(party.incomingEdges.flatMap(({ rows }) => witnessNames(rows, fuse(rows).witness)))
  const present = { figures: figuresOf(party.incoming, seconds), witnesses: [...witnesses], clusters: [cluster] }
  return absenceOf(present, { seconds, otherSeconds: secondsOf(other, cluster), told })
}
