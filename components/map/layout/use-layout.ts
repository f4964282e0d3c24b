'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Graph } from '@/core/graph/graph'
import type { Grouping } from '@/core/graph/graph-groups'
import type { LayoutReply, LayoutRequest } from './layout.worker'
import { layeredInputOf, layoutInputOf } from '../scene/node-size'
import type { Point } from '../camera/camera'
import { markOwnPlaces } from './own-places'
import { readPositions, writePositions } from '../remembered'

const nothing: ReadonlyMap<string, Point> = new Map()

/**
 * Where the nodes of a graph lie. Remembered per view (cluster, level, regions); a worker places what is
 * new. A graph around one node is laid out in layers, each time anew and always the same. `move` holds a
 * node where it was dragged, as a pin; `relayout` forgets everything but the pins.
 */
export function useLayout(graph: Graph | undefined, place: string, by: Grouping) {
  const view = graph?.focus ? `${place}.around ${graph.focus}` : place
  const [placed, setPlaced] = useState<{ view: string; places: ReadonlyMap<string, Point> }>({ view, places: nothing })
  const [pins, setPins] = useState<{ view: string; ids: ReadonlyMap<string, Point> }>({ view: '', ids: nothing })
  if (graph && pins.view !== view)
    setPins({ view, ids: graph.focus ? nothing : readPositions(view, idsOf(graph), 'pin') })
  const worker = useRef<Worker | null>(null)
  const remembered = useRef<{ view: string; places: Map<string, Point> } | null>(null)
  // Figures change with every refresh; the layout runs again only when nodes or links come or go.
  const shape = useMemo(() => shapeOf(graph), [graph])
  const [structure, setStructure] = useState({ graph, shape })
  if (structure.shape !== shape) setStructure({ graph, shape })

  useEffect(
    () => () => {
      worker.current?.terminate()
      worker.current = null
    },
    [],
  )

  useEffect(() => {
    const current = structure.graph
    if (!current || current.nodes.length === 0) return
    const keeps = current.focus === null
    if (remembered.current?.view !== view)
      remembered.current = { view, places: keeps ? readPositions(view, idsOf(current)) : new Map() }
    const { places } = remembered.current
    if (keeps && current.nodes.every((node) => places.has(node.id))) {
      setPlaced({ view, places: new Map(places) })
      return
    }
    const job = Math.random()
    const work = keeps
      ? { input: layoutInputOf(current, places, by, readPositions(view, idsOf(current), 'pin')) }
      : { layered: layeredInputOf(current) }
    const ids = idsOf(current)
    worker.current ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    const heard = (event: MessageEvent<LayoutReply>) => {
      if (event.data.job !== job) return
      const next = new Map(keeps ? places : nothing)
      // Whole pixels, as they are remembered: a reload then shows exactly the same.
      const { positions } = event.data
      ids.forEach((id, i) => next.set(id, [Math.round(positions[2 * i] ?? 0), Math.round(positions[2 * i + 1] ?? 0)]))
      setPlaced({ view, places: next })
      if (!event.data.settled || !keeps) return
      if (places.size > 0) markOwnPlaces()
      remembered.current = { view, places: next }
      writePositions(view, next)
    }
    const running = worker.current
    running.addEventListener('message', heard)
    running.postMessage({ job, ...work } satisfies LayoutRequest, [])
    return () => running.removeEventListener('message', heard)
  }, [structure, view, by])

  const keepPins = useCallback(
    (ids: ReadonlyMap<string, Point>) => {
      setPins({ view, ids })
      writePositions(view, ids, 'pin')
    },
    [view],
  )
  const passing = graph?.focus !== null
  const readPins = useCallback(() => readPositions(view, graph ? idsOf(graph) : [], 'pin'), [view, graph])
  const move = useCallback(
    (id: string, at: Point, done: boolean) => {
      setPlaced((last) => ({ view, places: new Map(last.places).set(id, at) }))
      if (!done || passing) return
      remembered.current?.places.set(id, at)
      if (remembered.current) writePositions(view, remembered.current.places)
      markOwnPlaces()
      keepPins(readPins().set(id, at))
    },
    [view, passing, keepPins, readPins],
  )
  /** Lets a node go where the layout wants it from now on; null: all of them. */
  const unpin = useCallback(
    (id: string | null) => {
      const left = readPins()
      if (id === null) left.clear()
      else left.delete(id)
      keepPins(left)
    },
    [readPins, keepPins],
  )
  const relayout = useCallback(() => {
    remembered.current = { view, places: readPins() }
    setStructure((last) => ({ ...last }))
  }, [view, readPins])

  return { places: placed.view === view ? placed.places : nothing, pins: pins.ids, move, unpin, relayout }
}

const idsOf = (graph: Graph) => graph.nodes.map((node) => node.id)

/** Differs when nodes or links come or go, not when figures change. */
const shapeOf = (graph: Graph | undefined): string =>
  graph
    ? `${graph.focus ?? ''}#${graph.nodes.map((node) => node.id).join(' ')}#${graph.edges.map((edge) => edge.id).join(' ')}`
    : ''
