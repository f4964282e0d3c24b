'use client'

import type { Level } from '@/core/graph'
import { levels } from '@/core/graph'
import { Segmented } from '../ui/segmented'
import { mapViews, type MapView } from '../url-state'
import { CountsChip } from './counts-chip'
import { HiddenNodes } from './hidden-nodes'
import { Honesty } from './honesty'
import { nextOf } from './next-of'
import { options } from './options'
import type { MapModel } from './use-map'

const levelWords: Readonly<Record<Level, string>> = {
  namespace: 'Namespaces',
  workload: 'Workloads',
  service: 'Services',
}
const viewWords: Readonly<Record<MapView, string>> = { map: 'Map', list: 'List' }

/** Above the graph: what there is and what is left out on the left, how it is shown on the right. */
export function MapHead({ map }: { map: MapModel }) {
  const { graph, view } = map
  return (
    <div
      className={`pointer-events-none absolute inset-x-3 z-[5] flex flex-wrap items-start gap-x-4 gap-y-1.5 ${view === 'map' ? 'top-3' : 'top-1.5'}`}
    >
      {graph && (view === 'map' || graph.nodes.length === 0) && (
        <div className="flex min-w-72 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1.5 *:pointer-events-auto">
          <CountsChip nodes={graph.nodes} onPick={(health) => map.select(nextOf(graph.nodes, health, map.selected))} />
          <Honesty
            graph={graph}
            onFolding={(next) => void map.setState({ fold: null, unfold: next })}
            unfolded={map.unfolded}
          />
          <HiddenNodes map={map} />
        </div>
      )}
      <div className="pointer-events-auto ml-auto flex shrink-0 gap-2">
        <Segmented
          label="Level"
          value={map.level}
          options={options(levels, levelWords)}
          onChange={(level) => void map.setState({ level })}
        />
        <Segmented
          label="View"
          value={view}
          options={options(mapViews, viewWords)}
          onChange={(next) => void map.setState({ view: next })}
        />
      </div>
    </div>
  )
}
