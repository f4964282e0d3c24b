import { frozenInAddress } from '../api'

export type Point = readonly [x: number, y: number]

const maxRemembered = 12_000

let kept: { readonly token: string; readonly places: ReadonlyMap<string, Point> } | null = null

/** A frozen map lies as it lay for who made it. On its page these places stand for what is remembered, and nothing is remembered of it. */
export function keepPlaces(token: string, places: Readonly<Record<string, Point>>): void {
  kept = { token, places: new Map(Object.entries(places)) }
}

/** Positions of one view (cluster and level) as the browser remembers them; empty where it cannot. */
export function readPositions(view: string, kind: 'place' | 'pin' = 'place'): Map<string, Point> {
  const frozen = frozenInAddress()
  if (frozen !== null) return new Map(kept?.token === frozen && kind === 'place' ? kept.places : [])
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key(view, kind)) ?? '{}')
    const entries = Object.entries(typeof stored === 'object' && stored !== null ? stored : {})
    return new Map(entries.filter((entry): entry is [string, Point] => isPoint(entry[1])))
  } catch {
    return new Map()
  }
}

/** Remembers positions, newest last; beyond 12,000 the oldest are forgotten. A full store is no error. */
export function writePositions(
  view: string,
  positions: ReadonlyMap<string, Point>,
  kind: 'place' | 'pin' = 'place',
): void {
  if (frozenInAddress() !== null) return
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
