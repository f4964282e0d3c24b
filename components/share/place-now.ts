import type { Window } from '@/core/time'
import { drawnMap } from '../map/scene/drawn'
import { lookNames, lookParams } from '../map/scene/look'

/** Longer addresses are cut by chat programs; the places of a map are then left out. */
const longest = 4_000

/**
 * Path and query of what the page shows, as it is passed on: with the pins of a drawn map and the part of
 * it that is seen, which the address bar does not follow; standing still where a window is given.
 */
export function placeNow(window: Window | null): string {
  const query = new URLSearchParams(location.search)
  if (window) {
    query.delete('last')
    query.set('from', String(window.from))
    query.set('to', String(window.to))
  }
  const drawn = drawnMap()
  if (drawn) {
    const params = lookParams(drawn.scene.nodes, drawn.emphasis.pinned, drawn.seen())
    for (const name of lookNames) {
      const value = params[name]
      if (value === undefined) query.delete(name)
      else query.set(name, value)
    }
  }
  if (String(query).length > longest) query.delete('places')
  return query.size > 0 ? `${location.pathname}?${query}` : location.pathname
}
