import { joinCallers } from './join-callers'
import { joinNames } from './join-names'
import { joinOutside } from './join-outside'
import { joinPorts } from './join-ports'
import type { InventoryItem, WorldEdge } from '../world'

/**
 * Edges that are the same traffic as one: sources name ends and ports differently, and the map must
 * show each call once.
 * - A workload whose kind a source did not know is the only one of that name and namespace.
 * - An edge without a port (Istio's metrics tell none) is that on the only port that others saw.
 * - An edge on a proxy's own port (HBONE 15008, Linkerd 4143) carries what goes to the real one; its
 *   connections are those of a pool and count for nothing there.
 * - An outside party whom a source does not name (Goldmane's public network) is the only one that
 *   others named on that port.
 * - Calls of an unknown caller that the callee's proxy or span told are those of the only caller that
 *   others can name and it cannot.
 * The first in order of ids names the joined edge. The order of the input does not matter. O(edges).
 */
export function joinEdges(edges: readonly WorldEdge[], inventory: readonly InventoryItem[]): readonly WorldEdge[] {
  return joinCallers(joinOutside(joinPorts(joinNames(edges, inventory))))
}
