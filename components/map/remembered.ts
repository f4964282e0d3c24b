import { z } from 'zod'
import { frozenInAddress } from '../api'

export type Point = readonly [x: number, y: number]

const maxRemembered = 12_000
const stored = z.record(z.string(), z.tuple([z.number(), z.number()]))

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
    const parsed = stored.safeParse(JSON.parse(localStorage.getItem(key(view, kind)) ?? '{}'))
    return new Map(parsed.success ? Object.entries(parsed.data) : [])
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

const key = (view: string, kind: string) => `oriel.map.${kind}.${view}`
