import { coverOf } from '../series/covered'
import { detoursOf } from '../witness/detours'
import { endpointKey } from '../endpoint'
import type { World, WorldEdge } from '../world'
import { type Classified, classifyEdge } from './classify-edge'
import { isCountedElsewhere } from './not-traffic'
import { type Seats, seatsOf } from './seats'

export type ClassifiedEdge = Classified & {
  readonly worldEdge: WorldEdge
  /** Id of the edge on the map at level workload. */
  readonly id: string
  readonly fromKey: string
  readonly toKey: string
}

export type ClassifiedWorld = {
  readonly seats: Seats
  readonly edges: readonly ClassifiedEdge[]
  /** Edges left out: what they carry is counted elsewhere. */
  readonly carriers: number
}

/**
 * Every edge of a World with what protected it, in all units. Left out are the tunnels between nodes, the ways to
 * and from waypoints that told of the real pair, and messages, which go through a broker. O(edges × rows + inventory).
 */
export function classifyWorld(world: World): ClassifiedWorld {
  const seats = seatsOf(world)
  const detours = detoursOf(world)
  const traffic = world.edges.filter((each) => !detours.has(each.edge) && !isCountedElsewhere(each))
  return {
    seats,
    edges: traffic.map((worldEdge) => classified(worldEdge, seats, world)),
    carriers: world.edges.length - traffic.length,
  }
}

function classified(worldEdge: WorldEdge, seats: Seats, world: World): ClassifiedEdge {
  const { edge } = worldEdge
  const [fromKey, toKey] = [endpointKey(edge.from), endpointKey(edge.to)]
  const { units, absence, placed } = classifyEdge(worldEdge, seats, coverOf(world, edge))
  return {
    units,
    absence,
    placed,
    worldEdge,
    id: `${fromKey}|${toKey}|${edge.port}|${edge.protocol}`,
    fromKey,
    toKey,
  }
}
