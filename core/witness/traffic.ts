import { coverOf } from '../series/covered'
import { countsAt, detoursOf } from './detours'
import { endpointKey, endpointType, type Endpoint } from '../endpoint'
import { fuse, type Fused, tell } from './fuse'
import { isOutside } from '../redact'
import { addTally, emptyTally, type Tally } from '../figures/tally'
import { sourceParts } from './witness'
import type { World, WorldEdge } from '../world'

/** An edge of the World with the one truth about it. */
export type Call = Fused & WorldEdge & { readonly fromKey: string; readonly toKey: string }

/** Who calls whom in a World, by endpointKey: what questions about causes walk along. */
export type Traffic = {
  readonly world: World
  /** Each call once: without those that are the way of others through a waypoint. */
  readonly calls: readonly Call[]
  /** What goes out of an endpoint; of a Service, what goes out of the workloads behind it. */
  outgoing(key: string): readonly Call[]
  incoming(key: string): readonly Call[]
  /** All that comes in; null where nothing does. */
  received(key: string): Tally | null
}

const none: readonly Call[] = []
const alone: readonly number[] = []

/** O(edges + inventory). */
export function indexTraffic(world: World): Traffic {
  const keys = new Map<Endpoint, string>()
  const keyOf = (endpoint: Endpoint): string => {
    let key = keys.get(endpoint)
    if (key === undefined) keys.set(endpoint, (key = endpointKey(endpoint)))
    return key
  }
  const all = world.edges.map((worldEdge): Call => {
    const { edge, rows, joined = alone } = worldEdge
    const { tally, l7, witness } = fuse(rows, coverOf(world, edge))
    return { edge, rows, joined, tally, l7, witness, fromKey: keyOf(edge.from), toKey: keyOf(edge.to) }
  })
  const detours = detoursOf(world)
  const at = (end: 'from' | 'to') => all.filter(({ edge }) => countsAt(detours, edge, end))
  // One name stands for all whose names may not be told: what one of them calls explains nothing of another.
  const byFrom = groupBy(
    at('from').filter(({ edge }) => !isOutside(edge.from)),
    ({ fromKey }) => fromKey,
  )
  const byTo = groupBy(at('to'), ({ toKey }) => toKey)
  const behind = workloadsBehind(world)
  // Audits ask for the same of each call of a hub, into which thousands may lead.
  const sums = new Map<string, Tally | null>()
  const received = (key: string): Tally | null => {
    let sum = sums.get(key)
    if (sum === undefined) sums.set(key, (sum = sumOf(byTo.get(key) ?? none)))
    return sum
  }
  return {
    world,
    calls: all.filter(({ edge }) => !detours.has(edge)),
    outgoing: (key) => {
      const own = byFrom.get(key) ?? none
      const others = behind.get(key)?.flatMap((workload) => byFrom.get(workload) ?? none) ?? none
      return others.length === 0 ? own : [...own, ...others]
    },
    incoming: (key) => byTo.get(key) ?? none,
    received,
  }
}

/** The sum of these calls; null of none. */
export function sumOf(calls: readonly Call[]): Tally | null {
  if (calls.length === 0) return null
  const sum = emptyTally()
  for (const { tally } of calls) addTally(sum, tally)
  return sum
}

/**
 * How the responses of a call were counted; null where nobody saw any. Counts can be held against each
 * other where this is the same: all that was seen of a whole source, all that one lossy source saw, or
 * spans, which may be a sample.
 */
export function countedBy({ rows, edge }: Call, world: World): string | null {
  const { responses } = tell(rows, coverOf(world, edge)).told
  if (!responses) return null
  if (responses.view === 'spans') return 'spans'
  return isLossy(sourceParts(responses.source).transport, world) ? responses.source : 'whole'
}

/** Whether anything of this type of source is missing in the window. */
export function isLossy(type: string, { sources, gaps, window }: World): boolean {
  const ids = new Set(sources.filter((source) => source.type === type).map(({ id }) => id))
  return gaps.some((gap) => ids.has(gap.source) && gap.from < window.to && (gap.to ?? Infinity) > window.from)
}

function workloadsBehind(world: World): ReadonlyMap<string, readonly string[]> {
  const behind = new Map<string, string[]>()
  for (const { endpoint, services } of world.inventory) {
    if (endpointType(endpoint) === 'service') continue
    for (const name of services) {
      const key = endpointKey({ ...endpoint, kind: 'Service', name })
      const known = behind.get(key)
      if (known) known.push(endpointKey(endpoint))
      else behind.set(key, [endpointKey(endpoint)])
    }
  }
  return behind
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}
