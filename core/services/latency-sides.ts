import { type Family, viewOf } from '../figures/family'
import { latencySum } from '../figures/latency-sum'
import { percentilesOf } from '../figures/percentiles'
import type { Sketch } from '../figures/sketch'
import { stepGrid, type StepRow } from '../series/step-row'
import type { Window } from '../time'
import { sourceParts } from '../witness/witness'
import type { EdgeRow, WorldEdge } from '../world'

/** Who measured the same calls at both ends: labels of sources. Their difference is the way between. */
export type Sides = { readonly client: string; readonly server: string }

/** Latency as the callers measured it and as the callee did, milliseconds; null where one side is missing. */
export type LatencySides = {
  readonly client: { readonly mean: number; readonly p95: number } | null
  readonly server: { readonly mean: number; readonly p95: number } | null
  /** Mean of the way between, of the calls that both sides measured; not below 0. */
  readonly network: number | null
  /** Who measured, `source` label; null without both sides. */
  readonly by: Sides | null
  /** p95 of each side over time. */
  readonly t: readonly number[]
  readonly clientP95: readonly (number | null)[]
  readonly serverP95: readonly (number | null)[]
}

type Measured = Pick<EdgeRow, 'facet' | 'latency'>

/** In this order: proxies stand at both ends, spans do so where both ends are instrumented. */
const order: readonly Family[] = ['istio', 'linkerd', 'als', 'envoy', 'otlp', 'servicegraph', 'hubble']

/**
 * The sources whose measurements at the two ends are compared: one that stands at both ends, so that both
 * mean the same by latency. null where no source does: measurements of different kinds differ by more than
 * the network takes. O(rows).
 */
export function chooseSides(rows: Iterable<Measured>): Sides | null {
  const ends = new Map<string, Set<string>>()
  for (const { facet, latency } of rows) {
    if (!latency || latency.length === 0 || viewOf(facet.source) === 'flows') continue
    const seen = ends.get(facet.source)
    if (seen) seen.add(facet.reporter)
    else ends.set(facet.source, new Set([facet.reporter]))
  }
  const both = [...ends].filter(([, seen]) => seen.has('source') && seen.has('destination')).map(([source]) => source)
  const [best] = both.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return best === undefined ? null : { client: best, server: best }
}

function rank(source: string): number {
  const at = order.findIndex((family) => family === sourceParts(source).type)
  return at < 0 ? order.length : at
}

/** Sketches of one side. */
const sideOf = (rows: Iterable<Measured>, source: string, reporter: 'source' | 'destination'): Sketch[] => {
  const sketches: Sketch[] = []
  for (const { facet, latency } of rows)
    if (latency && facet.source === source && facet.reporter === reporter) sketches.push(latency)
  return sketches
}

/** What the caller waited, as its own side measured it; null where it did not. */
export function clientLatency(rows: readonly Measured[]): readonly Sketch[] | null {
  const sources = [...new Set(rows.map(({ facet }) => facet.source))].filter((source) => viewOf(source) !== 'flows')
  for (const source of sources.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    const sketches = sideOf(rows, source, 'source')
    if (latencySum(sketches)) return sketches
  }
  return null
}

/**
 * Latency of all these edges at both ends. Only edges that one source measured at both ends count.
 * `steps`: rows of the same edges over time, in groups of edges that the same ones saw. O(rows + steps).
 */
export function latencySides(
  edges: readonly WorldEdge[],
  steps: readonly StepRow[],
  time: { readonly window: Window; readonly stepMs: number },
): LatencySides {
  const client: Sketch[] = []
  const server: Sketch[] = []
  let by: Sides | null = null
  let difference = 0
  let weight = 0
  for (const { rows } of edges) {
    const sides = chooseSides(rows)
    if (!sides) continue
    by ??= sides
    const [there, here] = [sideOf(rows, sides.client, 'source'), sideOf(rows, sides.server, 'destination')]
    client.push(...there)
    server.push(...here)
    const [waited, served] = [latencySum(there), latencySum(here)]
    if (!waited || !served) continue
    difference += (waited.ms / waited.count - served.ms / served.count) * served.count
    weight += served.count
  }
  return {
    client: sideFigures(client),
    server: sideFigures(server),
    network: weight === 0 ? null : Math.max(0, difference / weight),
    by,
    ...overTime(steps, time),
  }
}

function sideFigures(sketches: readonly Sketch[]): LatencySides['client'] {
  const sum = latencySum(sketches)
  const [p95 = null] = percentilesOf(sketches, [0.95])
  return sum && p95 !== null ? { mean: sum.ms / sum.count, p95 } : null
}

function overTime(
  steps: readonly StepRow[],
  { window, stepMs }: { readonly window: Window; readonly stepMs: number },
): Pick<LatencySides, 't' | 'clientP95' | 'serverP95'> {
  const grid = stepGrid(window, stepMs)
  const groups = new Map<number, StepRow[]>()
  for (const row of steps) {
    const own = groups.get(row.edgeId)
    if (own) own.push(row)
    else groups.set(row.edgeId, [row])
  }
  const client: Sketch[][] = grid.t.map(() => [])
  const server: Sketch[][] = grid.t.map(() => [])
  for (const rows of groups.values()) {
    const sides = chooseSides(rows)
    if (!sides) continue
    for (const { facet, latency, t } of rows) {
      if (!latency || facet.source !== sides.client) continue
      if (facet.reporter === 'source') client[grid.at(t)]?.push(latency)
      else if (facet.reporter === 'destination') server[grid.at(t)]?.push(latency)
    }
  }
  const p95 = (sketches: readonly Sketch[]) => percentilesOf(sketches, [0.95])[0] ?? null
  return { t: grid.t, clientP95: client.map(p95), serverP95: server.map(p95) }
}
