'use client'

import { useCallback, useMemo } from 'react'
import { levels, type Level } from '@/core/graph'
import { ConsolePage } from '../shell/console-page'
import { ErrorState } from '../shell/error-state'
import { useShortcut } from '../shell/use-shortcuts'
import { lenses, mapViews, useFilter, useMapState, useSelection, type Lens, type MapView as View } from '../url-state'
import { Segmented } from '../ui/segmented'
import { CountsChip } from './counts-chip'
import { findNodes } from './find'
import { foldChange } from './fold'
import { Legend } from './legend'
import { HiddenNodes } from './hidden-nodes'
import { Honesty } from './honesty'
import { MapEmpty } from './map-empty'
import { MapList } from './map-list'
import { MapSkeleton } from './map-skeleton'
import { MapTimeline } from './map-timeline'
import { MapView } from './map-view'
import { nextOf } from './next-of'
import { Panel } from './panel'
import { staleGraph, useStale } from './stale'
import { useGraph } from './use-graph'

const lensWords: Readonly<Record<Lens, string>> = {
  traffic: 'Traffic',
  errors: 'Errors',
  latency: 'Latency',
  verdict: 'Verdict',
}
const levelWords: Readonly<Record<Level, string>> = {
  namespace: 'Namespaces',
  workload: 'Workloads',
  service: 'Services',
}
const viewWords: Readonly<Record<View, string>> = { map: 'Map', list: 'List' }
const options = <T extends string>(values: readonly T[], words: Readonly<Record<T, string>>) =>
  values.map((value) => ({ value, label: words[value] }))

/** What talks to what, and where does it hurt? The graph of the chosen time, drawn or listed, with a panel for one part of it. */
export function MapPage() {
  const { graph: fresh, index, view: place, error, refetch, isError, dataUpdatedAt } = useGraph()
  const { lens, view, level, fold, unfold, nodes, setState } = useMapState()
  const [selected, setSelected] = useSelection()
  const [q] = useFilter()
  const stale = useStale(isError, dataUpdatedAt)
  const graph = useMemo(() => (fresh && stale ? staleGraph(fresh) : fresh), [fresh, stale])
  const found = useMemo(() => (graph && q ? findNodes(graph, q) : new Set<string>()), [graph, q])
  // When the filter leaves only what was found, there is nothing to set it off from.
  const matched = useMemo(() => (found.size === graph?.nodes.length ? new Set<string>() : found), [found, graph])

  const select = useCallback((id: string | null) => void setSelected(id), [setSelected])
  const toggle = useCallback(() => void setState({ view: view === 'map' ? 'list' : 'map' }), [setState, view])
  const close = useCallback(() => void setSelected(null), [setSelected])
  const setFolded = (region: string, folded: boolean) => void setState(foldChange({ fold, unfold }, region, folded))
  useShortcut('map.list', toggle)
  useShortcut('up', selected === null ? null : close)

  const hidden = graph && (
    <HiddenNodes
      hidden={graph.hiddenNodes}
      shown={nodes !== null}
      onChange={(show) => void setState({ nodes: show ? '1' : null })}
    />
  )
  return (
    <ConsolePage
      title="Map"
      placeholder="find or filter, e.g. ns:shop error:>5%"
      actions={
        <Segmented
          label="Lens"
          value={lens}
          options={options(lenses, lensWords)}
          onChange={(next) => void setState({ lens: next })}
        />
      }
      asOf={graph?.window.to ?? null}
      gaps={graph?.gaps}
    >
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="relative flex min-h-0 flex-1 flex-col">
            {!graph && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <MapSkeleton />)}
            {graph && graph.nodes.length === 0 && (
              <MapEmpty graph={graph} onNodes={() => void setState({ nodes: '1' })} />
            )}
            {graph && index && graph.nodes.length > 0 && view === 'list' && (
              <MapList graph={graph} index={index} selected={selected} onSelect={select}>
                {hidden}
              </MapList>
            )}
            {graph && index && graph.nodes.length > 0 && view === 'map' && (
              <MapView
                graph={graph}
                index={index}
                view={place}
                lens={lens}
                selected={selected}
                matched={matched}
                onSelect={select}
                onFold={(region) => setFolded(region, true)}
                onUnfold={(region) => setFolded(region, false)}
              >
                {(scene) => (
                  <div className="pointer-events-none absolute bottom-3 left-3.5 *:pointer-events-auto">
                    <Legend lens={lens} scene={scene} />
                  </div>
                )}
              </MapView>
            )}
            <div
              className={`pointer-events-none absolute inset-x-3 z-[5] flex flex-wrap items-start gap-x-4 gap-y-1.5 ${view === 'map' ? 'top-3' : 'top-1.5'}`}
            >
              {graph && (view === 'map' || graph.nodes.length === 0) && (
                <div className="flex min-w-72 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1.5 *:pointer-events-auto">
                  <CountsChip nodes={graph.nodes} onPick={(health) => select(nextOf(graph.nodes, health, selected))} />
                  <Honesty
                    graph={graph}
                    onFolding={(next) => void setState({ fold: null, unfold: next })}
                    unfolded={unfold.length}
                  />
                  {hidden}
                </div>
              )}
              <div className="pointer-events-auto ml-auto flex shrink-0 gap-2">
                <Segmented
                  label="Level"
                  value={level}
                  options={options(levels, levelWords)}
                  onChange={(next) => void setState({ level: next })}
                />
                <Segmented
                  label="View"
                  value={view}
                  options={options(mapViews, viewWords)}
                  onChange={(next) => void setState({ view: next })}
                />
              </div>
            </div>
          </div>
          <MapTimeline shown={graph?.window} />
        </div>
        {selected !== null && index && (
          <Panel
            index={index}
            id={selected}
            onClose={close}
            onSelect={select}
            onList={() => void setState({ view: 'list' })}
          />
        )}
      </div>
    </ConsolePage>
  )
}
