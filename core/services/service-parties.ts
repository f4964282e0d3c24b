import { coverOf } from '../series/covered'
import { countsAt, detoursOf } from '../witness/detours'
import { endpointKey, endpointType, type Endpoint } from '../endpoint'
import { fuse } from '../witness/fuse'
import { addTally, emptyTally, type Tally } from '../figures/tally'
import type { World, WorldEdge } from '../world'

/** An endpoint with all that comes in and goes out. */
export type Party = {
  readonly endpoint: Endpoint
  incoming: Tally | null
  outgoing: Tally | null
  /** Distinct parties, as the map lists them: the machines of the cluster are none. */
  readonly callers: Set<string>
  readonly callees: Set<string>
  readonly incomingEdges: WorldEdge[]
}

/** Everybody in a World, with or without traffic, by endpointKey. O(edges + inventory). */
export function partiesOf(world: World): Map<string, Party> {
  const parties = new Map<string, Party>()
  const keys = new Map<Endpoint, string>()
  const partyOf = (endpoint: Endpoint): [string, Party] => {
    let key = keys.get(endpoint)
    if (key === undefined) keys.set(endpoint, (key = endpointKey(endpoint)))
    let party = parties.get(key)
    if (!party) {
      party = {
        endpoint,
        incoming: null,
        outgoing: null,
        callers: new Set(),
        callees: new Set(),
        incomingEdges: [],
      }
      parties.set(key, party)
    }
    return [key, party]
  }
  const detours = detoursOf(world)
  for (const worldEdge of world.edges) {
    const { edge, rows } = worldEdge
    const { tally } = fuse(rows, coverOf(world, edge))
    const [fromKey, from] = partyOf(edge.from)
    const [toKey, to] = partyOf(edge.to)
    if (countsAt(detours, edge, 'from')) {
      addTally((from.outgoing ??= emptyTally()), tally)
      if (endpointType(edge.to) !== 'node') from.callees.add(toKey)
    }
    if (!countsAt(detours, edge, 'to')) continue
    addTally((to.incoming ??= emptyTally()), tally)
    if (endpointType(edge.from) !== 'node') to.callers.add(fromKey)
    to.incomingEdges.push(worldEdge)
  }
  for (const { endpoint } of world.inventory) partyOf(endpoint)
  return parties
}
