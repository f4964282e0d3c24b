import type { Health } from '@/core/figures/figures'
import type { GraphNode } from '@/core/graph/graph'

/** The id of the node of this health that comes after the selected one, round and round; null without any. */
export function nextOf(
  nodes: readonly Pick<GraphNode, 'id' | 'health'>[],
  health: Health,
  selected: string | null,
): string | null {
  const ids = nodes.filter((node) => node.health === health).map((node) => node.id)
  return ids[(ids.indexOf(selected ?? '') + 1) % Math.max(1, ids.length)] ?? null
}
