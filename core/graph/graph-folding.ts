import type { Endpoint } from '../endpoint'
import type { Level } from './graph'
import { clusterGroup, type Group, type Grouping, namespaceGroup, teamGroup } from './graph-groups'
import { createPlaces, type Places } from './graph-place'
import type { World } from '../world'

export type FoldingOptions = {
  readonly level: Level
  /** What the regions are. */
  readonly by: Grouping
  readonly fold: readonly string[]
  readonly unfold: readonly string[]
  readonly foldAbove: number
}

export type Folding = {
  readonly places: Places
  /** Keys of the folded regions that are there, in order. */
  readonly folded: readonly string[]
  readonly bySize: boolean
}

/** Places with only those regions folded that the level or the viewer folds, whatever the size. */
export const placesAsChosen = (
  world: Pick<World, 'inventory' | 'teams'>,
  options: Omit<FoldingOptions, 'foldAbove'>,
): Places => chooseFolding([], world, { ...options, foldAbove: Infinity }).places

/** Which regions become one node: those that the viewer folded; all of them where there would be too many nodes. O(endpoints). */
export function chooseFolding(
  shown: Iterable<Endpoint>,
  world: Pick<World, 'inventory' | 'teams'>,
  { level, by, fold, unfold, foldAbove }: FoldingOptions,
): Folding {
  const endpoints = [...new Set(shown)]
  const open = new Set(unfold)
  const closed = new Set(fold)
  const groupOf = groupOfLevel(level, by, world)
  const finish = (places: Places, isFolded: (key: string) => boolean, bySize: boolean): Folding => {
    const keys = new Set(endpoints.map((endpoint) => groupOf(endpoint)?.key ?? ''))
    return { places, folded: [...keys].filter((key) => key !== '' && isFolded(key)).sort(), bySize }
  }
  const placesWhere = (isFolded: (key: string) => boolean) =>
    createPlaces(level, world, (endpoint) => {
      const group = groupOf(endpoint)
      return group && isFolded(group.key) ? group : null
    })
  const all = (key: string) => !open.has(key)
  if (level === 'cluster' || level === 'team' || level === 'namespace') return finish(placesWhere(all), all, false)
  const chosen = (key: string) => closed.has(key) && !open.has(key)
  const places = placesWhere(chosen)
  const nodes = new Set(endpoints.map((endpoint) => places.of(endpoint)))
  if (nodes.size <= foldAbove) return finish(places, chosen, false)
  return finish(placesWhere(all), all, true)
}

/** What an endpoint would be folded into: what the level names, else its region. Without a team, a namespace stands alone. */
function groupOfLevel(
  level: Level,
  by: Grouping,
  { teams }: Pick<World, 'teams'>,
): (endpoint: Endpoint) => Group | null {
  if (level === 'cluster') return clusterGroup
  const byTeam = level === 'team' || (by === 'team' && level !== 'namespace')
  return byTeam ? (endpoint) => teamGroup(endpoint, teams) ?? namespaceGroup(endpoint) : namespaceGroup
}
