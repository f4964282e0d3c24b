import { formatCount } from '../../format'
import type { MapModel } from '../use-map'

/** Says that the machines of the cluster are left out of the map, and takes them in or out. */
export function HiddenNodes({ map }: { map: MapModel }) {
  const hidden = map.graph?.hiddenNodes ?? 0
  const shown = map.nodes !== null
  if (hidden === 0 && !shown) return null
  const what = `${formatCount(hidden)} cluster ${hidden === 1 ? 'node' : 'nodes'} hidden`
  return (
    <span data-overlay className="rounded-sm bg-canvas/85 px-1 text-xs text-fg-3">
      {shown ? 'Cluster nodes shown' : what} ·{' '}
      <button
        type="button"
        onClick={() => void map.setState({ nodes: shown ? null : '1' })}
        className="rounded-sm text-fg-2 underline-offset-2 hover:underline"
      >
        {shown ? 'Hide' : 'Show'}
      </button>
    </span>
  )
}
