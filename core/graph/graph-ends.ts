import { endpointKey, endpointType, type Endpoint } from '../endpoint'
import type { Fused } from '../witness/fuse'
import type { Place } from './graph-place'
import type { Role } from '../inventory/role'
import type { Diagnosis } from '../health/health'
import type { Tally } from '../figures/tally'
import type { Witness } from '../witness/witness'
import type { Edge, WorldEdge } from '../world'

/** An endpoint while a graph is being built: one object for equal endpoints, so that it is looked up once. */
export type End = {
  readonly endpoint: Endpoint
  /** A machine of the cluster: left out with its edges, or asked for, also with those to other machines. */
  readonly machine: 'hidden' | 'asked' | null
  /** As the inventory tells. */
  role: Role | null
  /** Has traffic with something that is not hidden. */
  busy: boolean
  /** Has such traffic that the filter keeps. */
  drawn: boolean
  /** Where it is drawn, once folding was chosen. */
  place: Place | null
  /** Its own traffic; counted only where it is inside a folded place. */
  incoming: Tally | null
  outgoing: Tally | null
}

/** An edge of the World with the one truth about it. */
export type Seen = Fused & {
  readonly edge: Edge
  readonly rows: WorldEdge['rows']
  /** Of the rows. */
  readonly witnesses: readonly Witness[]
  readonly from: End
  readonly to: End
  readonly diagnosis: Diagnosis
}

/** Is an edge between these drawn, as far as machines are concerned? */
export const isShown = (from: End, to: End): boolean =>
  (from.machine !== 'hidden' && to.machine !== 'hidden') || from.machine === 'asked' || to.machine === 'asked'

export type Ends = {
  of(endpoint: Endpoint): End
  all(): readonly End[]
}

export function createEnds(isHidden: (endpoint: Endpoint) => boolean): Ends {
  const byObject = new Map<Endpoint, End>()
  const byKey = new Map<string, End>()

  const find = (endpoint: Endpoint): End => {
    const key = endpointKey(endpoint)
    let end = byKey.get(key)
    if (!end) {
      const machine = endpointType(endpoint) !== 'node' ? null : isHidden(endpoint) ? 'hidden' : 'asked'
      end = { endpoint, machine, role: null, busy: false, drawn: false, place: null, incoming: null, outgoing: null }
      byKey.set(key, end)
    }
    byObject.set(endpoint, end)
    return end
  }
  return {
    of: (endpoint) => byObject.get(endpoint) ?? find(endpoint),
    all: () => [...byKey.values()],
  }
}
