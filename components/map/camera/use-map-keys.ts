'use client'

import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { useAnnounce } from '../../ui/announcer'
import type { Point } from './camera'
import type { MapModel } from '../use-map'
import { mapKeyOf } from './map-keys'
import { describeEdge, describeNode, nextEdge, stepTo, type GraphIndex } from './walk'

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
    const key = mapKeyOf(event)
    if (key === null) return
    if (key.does === 'step') {
      const { direction } = key
      if (!node) go(start())
      else if (edge) go(direction === 'left' || direction === 'up' ? edge.from : edge.to)
      else go(stepTo(index, places, node, direction))
    } else if (key.does === 'edge') {
      const anchor =
        edge && trail.current.at(-1) && index.nodes.has(trail.current.at(-1) ?? '')
          ? (trail.current.at(-1) ?? edge.from)
          : node
      if (anchor) go(nextEdge(index, anchor, edge?.id ?? null, key.by), Boolean(edge))
    } else if (key.does === 'back') go(trail.current.pop() ?? null, true)
    else if (!at || (key.does === 'around' && edge)) return
    else if (key.does === 'compare') map.compare(at)
    else if (key.does === 'open') map.select(at)
    else map.around(at)
    event.preventDefault()
  }
  const onFocus = (event: { target: EventTarget; currentTarget: EventTarget }) => {
    // Only the keyboard's focus is shown; a click has its own mark.
    if (event.target === event.currentTarget && !focus && (event.target as Element).matches(':focus-visible'))
      go(start())
  }
  return { focus, setFocus, onKeyDown, onFocus }
}
