import { healths, type Health } from '@/core/figures/figures'
import type { GraphNode } from '@/core/graph/graph'
import { formatCount } from '../../format'
import { healthStatus, StatusMark } from '../../status-mark'

const order: readonly Health[] = ['failing', 'degraded', 'healthy', 'unknown']

/** `2 failing · 1 degraded · 35 healthy`: what is unwell first; what is not there is not said. Outside parties are not counted. */
export function CountsChip({ nodes, onPick }: { nodes: readonly GraphNode[]; onPick: (health: Health) => void }) {
  const counts = new Map(healths.map((health) => [health, 0]))
  for (const node of nodes) {
    if (node.type === 'external' || node.type === 'unknown') continue
    counts.set(node.health, (counts.get(node.health) ?? 0) + 1)
  }
  const shown = order.filter((health) => counts.get(health))
  if (shown.length === 0) return null
  return (
    <div data-overlay className="flex h-[34px] items-center rounded-lg border border-line bg-panel px-1">
      {shown.map((health) => (
        <button
          key={health}
          type="button"
          onClick={() => onPick(health)}
          title={`Select the next ${health} one`}
          className={`inline-flex h-6 items-center rounded-sm px-2 hover:bg-hover ${health === 'healthy' || health === 'unknown' ? 'text-fg-2' : ''}`}
        >
          <StatusMark status={healthStatus[health]} label={`${formatCount(counts.get(health))} ${health}`} showLabel />
        </button>
      ))}
    </div>
  )
}
