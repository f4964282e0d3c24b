import { z } from 'zod'

export type Point = readonly [x: number, y: number]

const maxRemembered = 12_000
const stored = z.record(z.string(), z.tuple([z.number(), z.number()]))

/** Positions of one view (cluster and level) as the browser remembers them; empty where it cannot. */
export function readPositions(view: string, kind: 'place' | 'pin' = 'place'): Map<string, Point> {
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
  const kept = [...positions].slice(-maxRemembered).map(([id, [x, y]]) => [id, [Math.round(x), Math.round(y)]] as const)
  try {
    localStorage.setItem(key(view, kind), JSON.stringify(Object.fromEntries(kept)))
  } catch {
    // Private windows and full stores: the map is then laid out anew, to the same picture.
  }
}

const key = (view: string, kind: string) => `oriel.map.${kind}.${view}`
