import { buildSparks } from '../series/build-series'
import { countsAt, detoursOf } from '../witness/detours'
import { endpointKey, type Endpoint } from '../endpoint'
import type { ServiceRow } from './service-row'
import type { StepRow } from '../series/step-row'
import type { Window } from '../time'
import type { World, WorldEdge } from '../world'

/** The small charts of one row of the services table; empty where nothing comes in. */
export type ServiceCharts = Pick<ServiceRow, 'id' | 'requestSpark' | 'errorSpark' | 'p95Spark'>

/** What the charts of a World are drawn from. */
export type ChartSteps = {
  readonly steps: readonly StepRow[]
  readonly stepMs: number
  /** Where it is not the World's; outside of the two moments nothing is known (core/series/build-series.ts). */
  readonly window?: Window
  readonly firstData?: number | null
  readonly lastData?: number | null
}

/** The edges that come in to each of these endpoints, by endpointKey; those without any are absent. O(edges). */
export function incomingOf(world: World, ids: ReadonlySet<string>): ReadonlyMap<string, readonly WorldEdge[]> {
  const keys = new Map<Endpoint, string>()
  const detours = detoursOf(world)
  const found = new Map<string, WorldEdge[]>()
  for (const each of world.edges) {
    const { to } = each.edge
    let key = keys.get(to)
    if (key === undefined) keys.set(to, (key = endpointKey(to)))
    if (!ids.has(key) || !countsAt(detours, each.edge, 'to')) continue
    const own = found.get(key)
    if (own) own.push(each)
    else found.set(key, [each])
  }
  return found
}

/** The charts of several endpoints of one World. O(their edges + their step rows). */
export function buildServiceCharts(
  world: World,
  incoming: ReadonlyMap<string, readonly WorldEdge[]>,
  options: ChartSteps,
): readonly ServiceCharts[] {
  const draw = chartsOf(world, options)
  return [...incoming].map(([id, edges]) => ({ id, ...draw(edges) }))
}

/** Draws the charts of what comes in by some edges. O(step rows), then of each call O(its edges and their step rows). */
export function chartsOf(
  world: World,
  { steps, window = world.window, stepMs, firstData, lastData }: ChartSteps,
): (edges: readonly WorldEdge[]) => Omit<ServiceCharts, 'id'> {
  const byEdge = new Map<number, StepRow[]>()
  for (const step of steps) {
    const rows = byEdge.get(step.edgeId)
    if (rows) rows.push(step)
    else byEdge.set(step.edgeId, [step])
  }
  return (edges) => {
    if (byEdge.size === 0 || edges.length === 0) return noCharts
    const own = edges.flatMap(({ edge }) => byEdge.get(edge.id) ?? [])
    const clusters = new Set(edges.flatMap(({ edge: { from, to } }) => [from.cluster, to.cluster]))
    const time = { window, stepMs, firstData, lastData, clusters }
    const { requests, errorRatio, p95 } = buildSparks(own, { ...world, ...time })
    return { requestSpark: requests, errorSpark: errorRatio, p95Spark: p95 }
  }
}

export const noCharts = { requestSpark: [], errorSpark: [], p95Spark: [] } as const
