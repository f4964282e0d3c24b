'use client'

import { later } from '../later'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { type Graph, isGroup } from '@/core/graph/graph'
import { captionsOf } from './scene/captions'
import { CompareMarks } from './svg/compare-marks'
import { useDrawn } from './scene/drawn'
import { emphasise } from './scene/emphasis'
import { MapSkeleton } from './map-skeleton'
import { MapSvg } from './svg/map-svg'
import { canFold, heldRegion } from './scene/node-size'
import type { Picked } from './camera/pick'
import { maxSvgNodes } from './renderer'
import { buildScene, type SceneOptions } from './scene/scene'
import { type Scene, emptyScene } from './scene/scene-parts'
import { useCamera } from './camera/use-camera'
import { useBeat } from './use-graph'
import { useLayout } from './layout/use-layout'
import type { MapModel } from './use-map'
import { useMapKeys } from './camera/use-map-keys'
import { usePointer } from './camera/use-pointer'
import type { GraphIndex } from './camera/walk'
import { ZoomButtons } from './camera/zoom-buttons'

// Few clusters have so many nodes.
const LargeMap = later(() => import('./canvas/large-map').then((module) => module.LargeMap))

type Props = {
  graph: Graph
  index: GraphIndex
  map: MapModel
  /** Overlays of the map's corners, given what is drawn. */
  children: (scene: Scene) => ReactNode
}

/** The drawn map: layout, renderer, pointer, keys and camera put together. */
export function MapView({ graph, index, map, children }: Props) {
  const surface = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<Picked>(null)
  const [dragging, setDragging] = useState<string | null>(null)
  const { places, pins, move, unpin, relayout } = useLayout(graph, map.place, map.by)
  const pinned = useMemo(() => new Set(pins.keys()), [pins])
  const { setPins } = map
  useEffect(() => setPins({ ids: pinned, unpin }), [pinned, unpin, setPins])
  const scene = useScene(graph, places, map.lens, graph.focus === null ? map.by : null)
  const { camera, fit, zoom, show, drag, seen } = useCamera(surface, scene, `${map.place} ${graph.focus ?? ''}`)
  const { focus, setFocus, onKeyDown, onFocus } = useMapKeys({ index, places, map, show })
  const pointer = usePointer(surface, scene, camera, {
    hover: (next) => setHovered((last) => (last?.id === next?.id ? last : next)),
    choose: (picked, second) => {
      setFocus(null)
      if (picked && second) map.compare(picked.id)
      else map.select(picked?.id ?? null)
    },
    pan: drag,
    moveNode: (id, place, done) => {
      setDragging(done ? null : id)
      move(id, place, done)
    },
  })
  const hoveredId = hovered && hovered.kind !== 'region' ? hovered.id : null
  const { selected, with: second, hits } = map
  const emphasis = useMemo(
    () =>
      emphasise({
        index,
        hovered: hoveredId,
        selected,
        second,
        focused: focus,
        matched: hits.matched,
        dragging,
        root: graph.focus,
        pinned,
      }),
    [index, hoveredId, selected, second, focus, hits.matched, dragging, graph.focus, pinned],
  )
  const captions = useMemo(
    () => captionsOf(scene, index, map.labels, emphasis.active),
    [scene, index, map.labels, emphasis.active],
  )
  const beat = useBeat(graph.window.to)
  const drawn = { scene, emphasis, camera, captions, beat }
  useDrawn(drawn, map.lens, seen)
  const onDoubleClick = (event: React.MouseEvent) => {
    const picked = pointer.under(event as unknown as React.PointerEvent)
    if (!picked) return fit()
    const node = index.nodes.get(picked.id)
    if (picked.kind === 'region') {
      if (canFold(picked.id)) map.setFolded(picked.id, true)
    } else if (node && isGroup(node.type)) {
      const held = heldRegion(node)
      if (held !== null) map.setFolded(held, false)
      else void map.setState({ level: 'namespace' })
    } else if (picked.kind === 'node') map.around(picked.id)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one widget with its own keys, and a list beside it for those who would rather read
    <div
      ref={surface}
      role="application"
      aria-label={`Service map, ${graph.nodes.length} nodes and ${graph.edges.length} edges. Arrow keys follow edges, n and p step through edges, Enter opens, f draws the map around a node, l shows the list, x the matrix.`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the widget is one stop of the Tab key
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
      {scene.nodes.length <= maxSvgNodes ? <MapSvg {...drawn} /> : <LargeMap {...drawn} />}
      {places.size === 0 && (
        <div className="pointer-events-none absolute inset-0 flex">
          <MapSkeleton />
        </div>
      )}
      <div className="absolute right-3 bottom-3">
        <ZoomButtons onZoom={zoom} onFit={fit} onRelayout={relayout} />
      </div>
      {map.versus.comparison && <CompareMarks scene={scene} camera={camera} compared={map.versus.byId} />}
      {children(scene)}
    </div>
  )
}

type ScenePlaces = ReadonlyMap<string, readonly [number, number]>

/** The scene, built upon the last one so that what did not change stays the same object. */
function useScene(graph: Graph, places: ScenePlaces, lens: SceneOptions['lens'], by: SceneOptions['by']): Scene {
  const [state, setState] = useState({ graph: null as Graph | null, places, lens, by, scene: emptyScene })
  if (state.graph === graph && state.places === places && state.lens === lens && state.by === by) return state.scene
  const scene = buildScene(graph, places, { lens, by }, state.scene)
  setState({ graph, places, lens, by, scene })
  return scene
}
