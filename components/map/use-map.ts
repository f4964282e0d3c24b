'use client'

import { useCallback, useEffect, useState } from 'react'
import { useShortcut } from '../shell/use-shortcuts'
import { useAnnounce } from '../ui/announcer'
import { type MapView, useMapState, useSelection } from '../url-state'
import { foldChange, openedFor } from './scene/fold'
import { useGraph } from './use-graph'
import { describeEdge, describeNode } from './camera/walk'

/** What the drawn map tells the rest of the page about its pins. */
export type Pins = { readonly ids: ReadonlySet<string>; readonly unpin: (id: string | null) => void }

const noPins: Pins = { ids: new Set(), unpin: () => {} }

/** All that the parts of the map page share: the graph, what of it is chosen, and how to change that. */
export type MapModel = ReturnType<typeof useMap>

export function useMap() {
  const { graph, index, hits, place, error, refetch, compare: versus } = useGraph()
  const { fold, unfold, setState, ...state } = useMapState()
  const [selected, setSelected] = useSelection()
  const announce = useAnnounce()
  const [pins, setPins] = useState<Pins>(noPins)
  const { view, focus, lens, with: second } = state

  const select = useCallback(
    (id: string | null) => {
      if (second !== null) void setState({ with: null })
      void setSelected(id)
      const isEdge = id !== null && index?.edges.has(id)
      const words = id === null || !index ? '' : isEdge ? describeEdge(index, id, lens) : describeNode(index, id)
      if (words !== '') announce(`Opened ${words}`)
    },
    [second, setSelected, setState, index, announce, lens],
  )
  /** Chooses a second node or edge beside the first; the same again lets it go. */
  const compare = useCallback(
    (id: string) => {
      if (selected === null || selected === id) return select(selected === id ? null : id)
      void setState({ with: second === id ? null : id })
    },
    [selected, second, select, setState],
  )
  useEffect(() => {
    // An id that is none selects nothing, so nothing else would ever take it out of the address.
    if (selected === null && new URLSearchParams(location.search).has('sel'))
      void setSelected(null, { history: 'replace' })
    // Only as the page is opened: later the address may be a moment behind.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const close = useCallback(() => select(null), [select])
  const around = useCallback(
    (id: string) => {
      void setState({ focus: id, view: 'map' })
      announce(`The map is drawn around ${index?.nodes.get(id)?.name ?? 'it'}`)
    },
    [setState, announce, index],
  )
  const leave = useCallback(() => {
    void setState({ focus: null, hops: null, dir: null })
    announce('The whole map')
  }, [setState, announce])
  const toggle = (to: MapView) => () => void setState({ view: view === to ? 'map' : to })
  const findNext = useCallback(
    (step: 1 | -1 = 1) => {
      const { nodes } = hits
      const at = nodes.indexOf(selected ?? '')
      const next = nodes[at < 0 ? (step === 1 ? 0 : nodes.length - 1) : (at + step + nodes.length) % nodes.length]
      if (next !== undefined) select(next)
    },
    [hits, selected, select],
  )
  useShortcut('map.list', toggle('list'))
  useShortcut('map.matrix', toggle('matrix'))
  useShortcut('map.around', selected === null || index?.edges.has(selected) ? null : () => around(selected))
  useShortcut('map.find', hits.nodes.length > 0 ? findNext : null)
  useShortcut('up', selected !== null ? close : focus !== null ? leave : null)
  return {
    ...state,
    /** Old figures that nobody vouches for any more are unknown in it. */
    graph,
    index,
    hits,
    /** How it differs from what it is compared with. */
    versus,
    /** Names the remembered places of this view. */
    place,
    error,
    retry: useCallback(() => void refetch(), [refetch]),
    selected,
    select,
    compare,
    close,
    /** Selects a workload or an edge between workloads, whatever is drawn now. */
    pick: (id: string) => {
      if (index && !index.nodes.has(id) && !index.edges.has(id))
        void setState({ ...openedFor(id, { fold, unfold }), focus: null, hops: null, dir: null })
      select(id)
    },
    around,
    leave,
    findNext,
    pins,
    setPins,
    unfolded: unfold.length,
    setFolded: (region: string, folded: boolean) => void setState(foldChange({ fold, unfold }, region, folded)),
    setState,
  }
}
