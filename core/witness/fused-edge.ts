import { endpointKey } from '../endpoint'
import type { Tally } from '../figures/tally'
import type { L7Protocol } from '../verdict'
import type { WorldEdge } from '../world'

/** An edge of the World with the one truth about it. */
export type FusedEdge = { readonly worldEdge: WorldEdge; readonly tally: Tally; readonly l7: L7Protocol }

/** The id of an edge on the map at the level of workloads. */
export const edgeId = ({ edge }: WorldEdge): string =>
  `${endpointKey(edge.from)}|${endpointKey(edge.to)}|${edge.port}|${edge.protocol}`
