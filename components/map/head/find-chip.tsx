import { formatCount } from '../../format'
import { IconButton } from '../../ui/button'
import { useFilter } from '../../url-state'
import type { MapModel } from '../use-map'

/** How many nodes the filter found and which one is chosen; steps through them, and shows them alone or marked on the whole. */
export function FindChip({ map }: { map: MapModel }) {
  const [q] = useFilter()
  if (q === '' || !map.graph) return null
  const { nodes } = map.hits
  const at = nodes.indexOf(map.selected ?? '')
  const marks = map.match === 'mark'
  return (
    <div
      data-overlay
      className="flex h-[34px] items-center rounded-lg border border-line bg-panel pr-1 pl-2.5 text-xs text-fg-2"
    >
      <output aria-label="Found" className="tabular-nums whitespace-nowrap">
        {nodes.length === 0
          ? 'nothing found'
          : at < 0
            ? `${formatCount(nodes.length)} found`
            : `${at + 1} of ${formatCount(nodes.length)}`}
      </output>
      <IconButton label="Previous found node" disabled={nodes.length === 0} onClick={() => map.findNext(-1)}>
        ‹
      </IconButton>
      <IconButton
        label="Next found node (Enter in the filter)"
        disabled={nodes.length === 0}
        onClick={() => map.findNext(1)}
      >
        ›
      </IconButton>
      <button
        type="button"
        aria-pressed={marks}
        onClick={() => void map.setState({ match: marks ? null : 'mark' })}
        className="h-6 rounded-sm px-1.5 whitespace-nowrap hover:bg-hover hover:text-fg"
      >
        {marks ? 'Show only these' : 'Mark on the whole map'}
      </button>
    </div>
  )
}
