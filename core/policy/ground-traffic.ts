import type { Reporter, Verdict } from '../verdict'
import type { World } from '../world'
import type { NamedHit } from './named-hits'

/** When a stored edge was seen with a verdict, by buckets: milliseconds are starts of the first and the last of them. */
export type Sighting = {
  readonly edgeId: number
  readonly source: string
  readonly reporter: Reporter
  readonly verdict: Verdict
  readonly first: number
  readonly last: number
  /** Bit n: it was seen on day n (UTC) since that of the period's start; of at most 31 days. */
  readonly days: number
}

/** Traffic of a period as the asker may see it: edges that are the same joined, with what was counted of them and when. */
export type GroundTraffic = Pick<World, 'edges'> & {
  readonly sightings: readonly Sighting[]
  /** Of raw records that were looked at. */
  readonly named: readonly NamedHit[]
}
