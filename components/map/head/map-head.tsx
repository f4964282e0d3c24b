'use client'

import { Segmented } from '../../ui/segmented'
import { mapViews, type MapView } from '../../url-state'
import { CompareBar } from './compare-bar'
import { CountsChip } from './counts-chip'
import { DisplayMenu } from './display-menu'
import { FindChip } from './find-chip'
import { FocusBar } from './focus-bar'
import { HiddenNodes } from './hidden-nodes'
import { Honesty } from './honesty'
import { LevelMenu } from './level-menu'
import { nextOf } from '../camera/next-of'
import { options } from './options'
import type { MapModel } from '../use-map'

const viewWords: Readonly<Record<MapView, string>> = { map: 'Map', list: 'List', matrix: 'Matrix' }

/** Above the graph: what there is and what is left out on the left, how it is shown on the right. */
export function MapHead({ map }: { map: MapModel }) {
  const { graph, view } = map
  const drawn = graph !== undefined && (view === 'map' || graph.nodes.length === 0)
  // Words in place of a map need their room.
  const over = view === 'map' && graph?.nodes.length !== 0
  return (
    <div
      data-map-over="top"
      className={`pointer-events-none flex flex-wrap items-start gap-x-4 gap-y-1.5 ${over ? 'absolute inset-x-3 top-3 z-[5] print:static' : 'border-b border-line px-3 py-1.5'}`}
    >
      <FocusBar map={map} />
      <div
        className={`flex ${drawn ? 'flex-[1_1_300px]' : 'min-h-8 flex-[1_1_120px]'} flex-wrap items-center gap-x-2.5 gap-y-1.5 *:pointer-events-auto`}
      >
        {drawn && (
          <CountsChip nodes={graph.nodes} onPick={(health) => map.select(nextOf(graph.nodes, health, map.selected))} />
        )}
        {map.versus.comparing && <CompareBar comparison={map.versus.comparison} error={map.versus.error} />}
        <FindChip map={map} />
        {graph && <Honesty graph={graph} map={map} />}
        {map.focus === null && <HiddenNodes map={map} />}
      </div>
      <div className="pointer-events-auto ml-auto flex shrink-0 gap-2 print:hidden">
        <LevelMenu map={map} />
        <DisplayMenu map={map} />
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
