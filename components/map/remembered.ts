import { frozenInAddress } from '../api'
import type { Point } from './camera/camera'
import { parsePlaces, type Tag, tagOf } from './scene/look'

const maxRemembered = 12_000

let kept: { readonly token: string; readonly places: ReadonlyMap<Tag, Point> } | null = null

/** A frozen map lies as it lay for who made it. On its page these places stand for what is remembered, and nothing is remembered of it. */
export function keepPlaces(token: string, places: Readonly<Record<string, Point>>): void {
  kept = { token, places: new Map(Object.entries(places).map(([id, at]) => [tagOf(id), at])) }
}

type Kind = 'place' | 'pin'
type Memory = Readonly<Record<Kind, Map<Tag, Point>>>

let passing: { readonly of: string; readonly views: Map<string, Memory> } | null = null

/** The memory of a page whose address brings places along: it ends with the page, and the browser's own stays as it is. null elsewhere. */
function passingMemory(view: string): Memory | null {
  if (typeof location === 'undefined') return null
  const query = new URLSearchParams(location.search)
  const pins = parsePlaces(query.get('pins') ?? '')
  const frozen = frozenInAddress()
  if (frozen === null && pins === null) return null
  const of = `${frozen ?? ''} ${query.get('pins') ?? ''}`
  if (passing?.of !== of) passing = { of, views: new Map() }
  const known = passing.views.get(view)
  if (known) return known
  const brought = frozen === null ? parsePlaces(query.get('places') ?? '') : kept?.token === frozen ? kept.places : null
  // The first view is the one that the address is about; of others it says nothing.
  const first = passing.views.size === 0
  const memory: Memory = {
    place: new Map(first ? [...(pins ?? []), ...(brought ?? [])] : []),
    pin: new Map(first ? pins : []),
  }
  passing.views.set(view, memory)
  return memory
}

/** Positions of one view (cluster and level) as the browser remembers them, at least those of `ids`; empty where it cannot. */
export function readPositions(view: string, ids: readonly string[], kind: Kind = 'place'): Map<string, Point> {
  const memory = passingMemory(view)?.[kind]
  if (memory) {
    const found = ids.map((id) => [id, memory.get(tagOf(id))] as const)
    return new Map(found.filter((entry): entry is [string, Point] => entry[1] !== undefined))
  }
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(view, kind)) ?? '{}')
    const entries = Object.entries(typeof stored === 'object' && stored !== null ? stored : {})
    return new Map(entries.filter((entry): entry is [string, Point] => isPoint(entry[1])))
  } catch {
    return new Map()
  }
}

/** Remembers positions, newest last; beyond 12,000 the oldest are forgotten. A full store is no error. */
export function writePositions(view: string, positions: ReadonlyMap<string, Point>, kind: Kind = 'place'): void {
  const memory = passingMemory(view)?.[kind]
  if (memory) {
    memory.clear()
    for (const [id, at] of positions) memory.set(tagOf(id), at)
    return
  }
  const newest = [...positions].slice(-maxRemembered)
  const whole = newest.map(([id, [x, y]]) => [id, [Math.round(x), Math.round(y)]] as const)
  try {
    localStorage.setItem(key(view, kind), JSON.stringify(Object.fromEntries(whole)))
  } catch {
    // Private windows and full stores: the map is then laid out anew, to the same picture.
  }
}

/** By hand, because a schema's library would be a sixth of the first page's scripts. */
const isPoint = (value: unknown): value is Point =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part))

const key = (view: string, kind: string) => `oriel.map.${kind}.${view}`
