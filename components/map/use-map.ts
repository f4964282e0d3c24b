'use client'

import { useCallback, useMemo } from 'react'
import { useShortcut } from '../shell/use-shortcuts'
import { useFilter, useMapState, useSelection } from '../url-state'
import { findNodes } from './find'
import { foldChange } from './fold'
import { staleGraph, useStale } from './stale'
import { useGraph } from './use-graph'

/** All that the parts of the map page share: the graph, what of it is chosen, and how to change that. */
export type MapModel = ReturnType<typeof useMap>

export function useMap() {
  const { graph: fresh, index, view: place, error, refetch, isError, dataUpdatedAt } = useGraph()
  const { fold, unfold, setState, ...state } = useMapState()
  const [selected, setSelected] = useSelection()
  const [q] = useFilter()
  const stale = useStale(isError, dataUpdatedAt)
  const graph = useMemo(() => (fresh && stale ? staleGraph(fresh) : fresh), [fresh, stale])
  const found = useMemo(() => (graph && q ? findNodes(graph, q) : new Set<string>()), [graph, q])
  // When the filter leaves only what was found, there is nothing to set it off from.
  const matched = useMemo(() => (found.size === graph?.nodes.length ? new Set<string>() : found), [found, graph])

  const select = useCallback((id: string | null) => void setSelected(id), [setSelected])
  const close = useCallback(() => void setSelected(null), [setSelected])
  const toggle = useCallback(
    () => void setState({ view: state.view === 'map' ? 'list' : 'map' }),
    [setState, state.view],
  )
  useShortcut('map.list', toggle)
  useShortcut('up', selected === null ? null : close)
  return {
    ...state,
    /** Old figures that nobody vouches for any more are unknown in it. */
    graph,
    index,
    /** Names the remembered places of this view. */
    place,
    error,
    retry: useCallback(() => void refetch(), [refetch]),
    selected,
    select,
    close,
    matched,
    unfolded: unfold.length,
    setFolded: (region: string, folded: boolean) => void setState(foldChange({ fold, unfold }, region, folded)),
    setState,
  }
}
