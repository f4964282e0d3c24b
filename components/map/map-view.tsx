'use client'

import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import type { Graph } from '@/core/graph'
import { formatPercent, formatRate } from '../format'
import type { Lens } from '../url-state'
import { emphasise } from './emphasis'
import { MapCanvas } from './map-canvas'
import { useFastGl } from './gl-support'
import { MapGl } from './map-gl'
import { MapSvg } from './map-svg'
import { canFold } from './node-size'
import { maxSvgNodes } from './renderer'
import { buildScene } from './scene'
import { useBeat } from './use-graph'
import { useCamera } from './use-camera'
import { useLayout } from './use-layout'
import { useMapKeys } from './use-map-keys'
import { usePointer } from './use-pointer'
import type { GraphIndex } from './walk'
import { ZoomButtons } from './zoom-buttons'
import { type Scene, emptyScene } from './scene-parts'
import type { Picked } from './pick'

type Props = {
  graph: Graph
  index: GraphIndex
  view: string
  lens: Lens
  selected: string | null
  matched: ReadonlySet<string>
  onSelect: (id: string | null) => void
  onFold: (region: string) => void
  onUnfold: (region: string) => void
  /** Overlays of the map's corners, given what is drawn. */
  children: (scene: Scene) => ReactNode
}

/** The drawn map: layout, renderer, pointer, keys and camera put together. */
export function MapView({ graph, index, view, lens, selected, matched, onSelect, onFold, onUnfold, children }: Props) {
  const surface = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<Picked>(null)
  const [dragging, setDragging] = useState<string | null>(null)
  const { places, move, relayout } = useLayout(graph, view)
  const scene = useScene(graph, places, lens)
  const { camera, fit, zoom, show, drag } = useCamera(surface, scene)
  const { focus, setFocus, onKeyDown, onFocus } = useMapKeys({ index, places, selected, open: onSelect, show })
  const pointer = usePointer(surface, scene, camera, {
    hover: (next) => setHovered((last) => (last?.id === next?.id ? last : next)),
    choose: (picked) => {
      setFocus(null)
      onSelect(picked?.id ?? null)
    },
    pan: drag,
    moveNode: (id, place, done) => {
      setDragging(done ? null : id)
      move(id, place, done)
    },
  })
  const hoveredId = hovered && hovered.kind !== 'region' ? hovered.id : null
  const emphasis = useMemo(
    () => emphasise({ index, hovered: hoveredId, selected, focused: focus, matched, dragging }),
    [index, hoveredId, selected, focus, matched, dragging],
  )
  const captionOf = useCallback(
    (id: string) => {
      const figures = index.edges.get(id)?.figures
      if (!figures) return ''
      const rate = figures.requestRate ?? figures.flowRate
      const bad =
        figures.errorRatio !== null && figures.errorRatio >= 0.01 ? ` · ${formatPercent(figures.errorRatio)}` : ''
      return rate === null ? '' : `${formatRate(rate)}${bad}`
    },
    [index],
  )
  const beat = useBeat(graph.window.to)
  const fastGl = useFastGl()
  const [lost, setLost] = useState(false)
  const onLost = useCallback(() => setLost(true), [])
  const drawn = { scene, emphasis, camera, captionOf, beat }
  const onDoubleClick = (event: React.MouseEvent) => {
    const picked = pointer.under(event as unknown as React.PointerEvent)
    if (!picked) return fit()
    const node = index.nodes.get(picked.id)
    if (picked.kind === 'region') {
      if (canFold(picked.id)) onFold(picked.id)
    } else if (node?.type === 'namespace') onUnfold(`${node.cluster}/${node.namespace}`)
  }
  return (
    // One widget with its own keys, and a list beside it for those who would rather read.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={surface}
      role="application"
      aria-label={`Service map, ${graph.nodes.length} nodes and ${graph.edges.length} edges. Arrow keys follow edges, n and p step through edges, Enter opens, l shows the list.`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="relative min-h-0 flex-1 touch-none overflow-hidden outline-offset-[-2px] select-none"
      style={{ cursor: hovered ? 'pointer' : 'grab' }}
      onPointerDown={pointer.onPointerDown}
      onPointerMove={pointer.onPointerMove}
      onPointerUp={pointer.onPointerUp}
      onPointerCancel={pointer.onPointerCancel}
      onPointerLeave={() => setHovered(null)}
      onDoubleClick={onDoubleClick}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      onBlur={() => setFocus(null)}
    >
      {scene.nodes.length <= maxSvgNodes ? (
        <MapSvg {...drawn} />
      ) : fastGl && !lost ? (
        <MapGl {...drawn} onLost={onLost} />
      ) : (
        <MapCanvas {...drawn} />
      )}
      <div className="absolute right-3 bottom-3">
        <ZoomButtons onZoom={zoom} onFit={fit} onRelayout={relayout} />
      </div>
      {children(scene)}
    </div>
  )
}

/** The scene, built upon the last one so that what did not change stays the same object. */
function useScene(graph: Graph, places: ReadonlyMap<string, readonly [number, number]>, lens: Lens): Scene {
  const [state, setState] = useState({ graph: null as Graph | null, places, lens, scene: emptyScene })
  if (state.graph === graph && state.places === places && state.lens === lens) return state.scene
  const scene = buildScene(graph, places, lens, state.scene)
  setState({ graph, places, lens, scene })
  return scene
}
