'use client'

import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { useAnnounce } from '../ui/announcer'
import type { Point } from './camera'
import type { MapModel } from './use-map'
import { describeEdge, describeNode, nextEdge, stepTo, type Direction, type GraphIndex } from './walk'

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

type Props = {
  readonly index: GraphIndex | null
  readonly places: ReadonlyMap<string, Point>
  readonly map: Pick<MapModel, 'selected' | 'select' | 'compare' | 'around' | 'lens'>
  readonly show: (x: number, y: number) => void
}

/** Moving through the map by keys: one focus (node or edge) that wanders along edges and is spoken. */
export function useMapKeys({ index, places, map, show }: Props) {
  const { selected, lens } = map
  const [focus, setFocus] = useState<string | null>(null)
  const trail = useRef<string[]>([])
  const announce = useAnnounce()

  const go = useCallback(
    (id: string | null, back = false) => {
      if (!id || !index) return
      if (focus && !back) trail.current.push(focus)
      setFocus(id)
      const edge = index.edges.get(id)
      announce(edge ? describeEdge(index, id, lens) : describeNode(index, id))
      const place = places.get(edge ? edge.to : id)
      if (place) show(...place)
    },
    [index, focus, announce, places, show, lens],
  )
  const start = useCallback((): string | null => {
    if (!index) return null
    if (selected && (index.nodes.has(selected) || index.edges.has(selected))) return selected
    const unwell = [...index.nodes.values()].find((node) => node.health === 'failing')
    return (unwell ?? [...index.nodes.values()][0])?.id ?? null
  }, [index, selected])

  const onKeyDown = (event: KeyboardEvent) => {
    if (!index || event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return
    const at = focus && (index.nodes.has(focus) || index.edges.has(focus)) ? focus : null
    const edge = at ? index.edges.get(at) : undefined
    const node = edge ? edge.from : at
    const direction = arrows[event.key]
    if (direction) {
      if (!node) go(start())
      else if (edge) go(direction === 'left' || direction === 'up' ? edge.from : edge.to)
      else go(stepTo(index, places, node, direction))
    } else if (event.key === 'n' || event.key === 'p') {
      const anchor =
        edge && trail.current.at(-1) && index.nodes.has(trail.current.at(-1) ?? '')
          ? (trail.current.at(-1) ?? edge.from)
          : node
      if (anchor) go(nextEdge(index, anchor, edge?.id ?? null, event.key === 'n' ? 1 : -1), Boolean(edge))
    } else if (event.key === 'Enter' && at) {
      if (event.shiftKey) map.compare(at)
      else map.select(at)
    } else if (event.key === 'f' && at && !edge) map.around(at)
    else if (event.key === 'Backspace') go(trail.current.pop() ?? null, true)
    else return
    event.preventDefault()
  }
  const onFocus = (event: { target: EventTarget; currentTarget: EventTarget }) => {
    // Only the keyboard's focus is shown; a click has its own mark.
    if (event.target === event.currentTarget && !focus && (event.target as Element).matches(':focus-visible'))
      go(start())
  }
  return { focus, setFocus, onKeyDown, onFocus }
}
