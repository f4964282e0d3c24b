'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Graph } from '@/core/graph'
import type { LayoutReply, LayoutRequest } from './layout.worker'
import { layoutInputOf } from './node-size'
import { readPositions, writePositions, type Point } from './remembered'

const nothing: ReadonlyMap<string, Point> = new Map()

/**
 * Where the nodes of a graph lie. Remembered per view (cluster and level); a worker places what is new.
 * `pin` holds a node where it was dragged; `relayout` forgets everything but the pins.
 */
export function useLayout(graph: Graph | undefined, view: string) {
  const [placed, setPlaced] = useState<{ view: string; places: ReadonlyMap<string, Point> }>({ view, places: nothing })
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
    if (remembered.current?.view !== view) remembered.current = { view, places: readPositions(view) }
    const { places } = remembered.current
    if (current.nodes.every((node) => places.has(node.id))) {
      setPlaced({ view, places: new Map(places) })
      return
    }
    const input = layoutInputOf(current, places)
    worker.current ??= new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' })
    const job = Math.random()
    const heard = (event: MessageEvent<LayoutReply>) => {
      if (event.data.job !== job) return
      const next = new Map(places)
      // Whole pixels, as they are remembered: a reload then shows exactly the same.
      const { positions } = event.data
      input.ids.forEach((id, i) =>
        next.set(id, [Math.round(positions[2 * i] ?? 0), Math.round(positions[2 * i + 1] ?? 0)]),
      )
      setPlaced({ view, places: next })
      if (!event.data.settled) return
      remembered.current = { view, places: next }
      writePositions(view, next)
    }
    const running = worker.current
    running.addEventListener('message', heard)
    running.postMessage({ job, input } satisfies LayoutRequest, [])
    return () => running.removeEventListener('message', heard)
  }, [structure, view])

  const move = useCallback(
    (id: string, place: Point, done: boolean) => {
      setPlaced((last) => ({ view, places: new Map(last.places).set(id, place) }))
      if (!done) return
      remembered.current?.places.set(id, place)
      if (remembered.current) writePositions(view, remembered.current.places)
      writePositions(view, readPositions(view, 'pin').set(id, place), 'pin')
    },
    [view],
  )
  const relayout = useCallback(() => {
    remembered.current = { view, places: readPositions(view, 'pin') }
    setStructure((last) => ({ ...last }))
  }, [view])

  return { places: placed.view === view ? placed.places : nothing, move, relayout }
}

/** Differs when nodes or links come or go, not when figures change. */
const shapeOf = (graph: Graph | undefined): string =>
  graph ? `${graph.nodes.map((node) => node.id).join(' ')}#${graph.edges.map((edge) => edge.id).join(' ')}` : ''
