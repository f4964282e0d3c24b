import { stepGrid, type StepRow } from '../series/step-row'
import type { Window } from '../time'
import type { Edge, SourceGap, World } from '../world'
import { sourceParts } from '../witness/witness'
import { type Amounts, type Coverage, type EncryptionUnit, encryptionUnits } from './classes'
import { classifyEdge } from './classify-edge'
import type { ClassifiedEdge, ClassifiedWorld } from './classify-world'
import { addAmounts, coverageOf, noAmounts } from './coverage'
import { isTlsPort } from './tls-ports'

/** Coverage over time, as bounds. Each step is classified by itself; where pods were is taken from the whole window. */
export type EncryptionTrend = {
  readonly window: Window
  readonly stepMs: number
  readonly unit: EncryptionUnit
  /** Start of each step, milliseconds. */
  readonly t: readonly number[]
  /** null where nothing of the unit went between nodes. */
  readonly coverage: readonly (Coverage | null)[]
  readonly gaps: readonly SourceGap[]
}

/** O(rows + steps). */
export function buildTrend(
  { edges, gaps, sources }: Pick<World, 'edges' | 'gaps' | 'sources'>,
  { seats }: ClassifiedWorld,
  { rows, window, stepMs }: { readonly rows: readonly StepRow[]; readonly window: Window; readonly stepMs: number },
  unit: EncryptionUnit,
): EncryptionTrend {
  const grid = stepGrid(window, stepMs)
  const sums: Amounts[] = grid.t.map(() => noAmounts)
  const byId = new Map(edges.map(({ edge }) => [edge.id, edge]))
  const parts = new Map<number, StepRow[]>()
  for (const row of rows) {
    const step = grid.at(row.t)
    if (step < 0) continue
    const key = row.edgeId * grid.t.length + step
    const own = parts.get(key)
    if (own) own.push(row)
    else parts.set(key, [row])
  }
  for (const [key, own] of parts) {
    const edge = byId.get(Math.floor(key / grid.t.length))
    const step = key % grid.t.length
    const evidence = edge && classifyEdge({ edge, rows: own }, seats, null).units[unit]
    if (evidence) sums[step] = addAmounts([sums[step] ?? noAmounts, evidence.amounts])
  }
  const until = toldBy(rows, sources, window)
  const isTold = (start: number) => Math.min(start + stepMs, window.to) - until <= stepMs * late
  const coverage = sums.map((amounts, step) => (isTold(grid.t[step] ?? 0) ? coverageOf(amounts) : null))
  return { window, stepMs, unit, t: grid.t, coverage, gaps }
}

/** A step of which more than this share has yet to be told by somebody is no step of a trend. */
const late = 0.2
/** A source that is further behind is away, and what it would have told is without evidence. */
const awayMs = 120_000

/**
 * Up to when all who told of the rows have told (milliseconds). Of a step that one layer's witness has told and
 * another's has not, the share would be that of the quicker one.
 */
function toldBy(rows: readonly StepRow[], sources: World['sources'], window: Window): number {
  const types = new Set(rows.map(({ facet }) => sourceParts(facet.source).transport))
  let until = window.to
  for (const { type, toldUntil } of sources)
    if (types.has(type) && toldUntil !== null && toldUntil > window.to - awayMs) until = Math.min(until, toldUntil)
  return until
}

/**
 * What keeps edges apart that must be classified each by itself. Edges of which each layer is of one and the same
 * kind throughout may be added before: the classes of the sum are then the sum of the classes. In a step that a
 * witness of one of them has not told of, that edge goes with the others of its kind.
 */
export function trendKey(edges: readonly ClassifiedEdge[]): (edge: Edge) => unknown {
  const keys = new Map(edges.map((each) => [each.worldEdge.edge, keyOf(each)]))
  return (edge) => keys.get(edge) ?? edge
}

function keyOf({ units, absence, placed, worldEdge: { edge } }: ClassifiedEdge): unknown {
  const told = encryptionUnits.flatMap((unit) => units[unit] ?? [])
  const kinds = new Set(told.map(({ identity, way }) => `${soleKind(identity.shares)} ${soleKind(way.shares)}`))
  const [sole = ''] = kinds
  if (kinds.size !== 1 || sole.includes('mixed')) return edge
  return JSON.stringify([sole, absence, placed.certain, isTlsPort(edge)])
}

function soleKind(shares: Readonly<Record<string, number | undefined>>): string {
  const kinds = Object.keys(shares).filter((kind) => (shares[kind] ?? 0) > 0)
  return kinds.length === 1 ? (kinds[0] ?? 'mixed') : 'mixed'
}
