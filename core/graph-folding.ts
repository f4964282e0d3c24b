import type { Endpoint } from './endpoint'
import type { Level } from './graph'
import { createPlaces, type Places, regionOf } from './graph-place'
import type { InventoryItem } from './world'

export type FoldingOptions = {
  readonly level: Level
  readonly fold: readonly string[]
  readonly unfold: readonly string[]
  readonly foldAbove: number
}

export type Folding = {
  readonly places: Places
  /** Folded namespaces that are there, in order. */
  readonly folded: readonly string[]
  readonly bySize: boolean
}

/** Which namespaces become one node: those that the viewer folded; all of them where there would be too many nodes. O(endpoints). */
export function chooseFolding(
  shown: Iterable<Endpoint>,
  inventory: readonly InventoryItem[],
  { level, fold, unfold, foldAbove }: FoldingOptions,
): Folding {
  const endpoints = [...new Set(shown)]
  const open = new Set(unfold)
  const closed = new Set(fold)
  const all = (region: string) => !open.has(region)
  const finish = (isFolded: (region: string) => boolean, places: Places, bySize: boolean): Folding => {
    const regions = new Set(endpoints.map(regionOf).filter((region) => region !== null))
    return { places, folded: [...regions].filter(isFolded).sort(), bySize }
  }
  if (level === 'namespace') return finish(all, createPlaces(level, inventory, all), false)
  const chosen = (region: string) => closed.has(region) && !open.has(region)
  const places = createPlaces(level, inventory, chosen)
  const nodes = new Set(endpoints.map((endpoint) => places.of(endpoint)))
  if (nodes.size <= foldAbove) return finish(chosen, places, false)
  return finish(all, createPlaces(level, inventory, all), true)
}
