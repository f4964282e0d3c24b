import type { Filter, FilterField, FilterTerm } from './filter-ast'
import { compileEdgeFilter } from './filter-match'
import { allOf } from './filter-parse'
import { compileGate, filterForRecords } from './filter-record'
import { termNumber } from './filter-value'
import type { Edge, Facet } from './world'

/** How to read the flow table for a filter: ids and statuses first, and whether what is read must be asked again. */
export type FlowPlan = {
  /** null: any. */
  readonly edgeIds: readonly number[] | null
  readonly facetIds: readonly number[] | null
  readonly status: { readonly from: number; readonly to: number } | null
  /** The filter that each record read must match; null where the ids decide. */
  readonly rest: Filter | null
}

type Aspect = 'edge' | 'facet' | 'both' | 'record'

const aspectOf: Readonly<Partial<Record<FilterField, Aspect>>> = {
  verdict: 'facet',
  reason: 'facet',
  source: 'facet',
  seen: 'facet',
  encrypted: 'facet',
  proto: 'both',
  status: 'record',
}

/** More pairs than this are not tried; their terms are asked of each record instead. */
const maxPairs = 200_000

/**
 * Plans a read of records that match the filter. Terms about edges or facets alone choose ids; those
 * about both are tried on the ids left; the others are asked of each record. O(edges + facets + maxPairs).
 */
export function planFlows(
  wanted: Filter,
  edges: ReadonlyMap<number, Edge>,
  facets: ReadonlyMap<number, Facet>,
): FlowPlan {
  const { filter } = filterForRecords(wanted)
  const parts = filter.type === 'and' ? filter.of : filter.type === 'all' ? [] : [filter]
  const of = (aspect: Aspect) => parts.filter((part) => aspectOfFilter(part) === aspect)
  const [firstEdge] = edges.values()
  const [firstFacet] = facets.values()
  if (!firstEdge || !firstFacet) return { edgeIds: [], facetIds: [], status: null, rest: null }

  const status =
    of('record')
      .map(statusRange)
      .find((range) => range !== null) ?? null
  const edgeIds = chosen(edges, of('edge'), (edge) => [edge, [firstFacet]])
  const facetIds = chosen(facets, of('facet'), (facet) => [firstEdge, [facet]])
  const both = of('both')
  const rest = [...both, ...of('record')]
  const plan = { edgeIds, facetIds, status, rest: rest.length > 0 ? allOf(rest) : null }
  const pairs = (edgeIds?.length ?? edges.size) * (facetIds?.length ?? facets.size)
  return both.length > 0 && pairs <= maxPairs ? narrowed(plan, allOf(both), edges, facets) : plan
}

function chosen<T>(
  all: ReadonlyMap<number, T>,
  parts: readonly Filter[],
  subject: (one: T) => [Edge, readonly Facet[]],
): readonly number[] | null {
  if (parts.length === 0) return null
  const matches = compileEdgeFilter(allOf(parts))
  return [...all].filter(([, one]) => matches(...subject(one))).map(([id]) => id)
}

/** Drops edges and facets that no pair of the left ones can match with. */
function narrowed(
  plan: FlowPlan,
  filter: Filter,
  edges: ReadonlyMap<number, Edge>,
  facets: ReadonlyMap<number, Facet>,
): FlowPlan {
  const gate = compileGate(filter)
  const edgeIds = new Set<number>()
  const facetIds = new Set<number>()
  for (const edgeId of plan.edgeIds ?? edges.keys()) {
    const edge = edges.get(edgeId)
    for (const facetId of plan.facetIds ?? facets.keys()) {
      const facet = facets.get(facetId)
      if (!edge || !facet || gate(edge, facet) === 'none') continue
      edgeIds.add(edgeId)
      facetIds.add(facetId)
    }
  }
  return {
    ...plan,
    edgeIds: edgeIds.size === edges.size ? plan.edgeIds : [...edgeIds],
    facetIds: facetIds.size === facets.size ? plan.facetIds : [...facetIds],
  }
}

/** What the terms of a filter are about; text may stand in a record, so it is asked there. */
function aspectOfFilter(filter: Filter): Aspect {
  if (filter.type === 'term') return aspectOf[filter.field] ?? 'edge'
  if (filter.type === 'text') return 'record'
  if (filter.type === 'not') return aspectOfFilter(filter.of)
  if (filter.type === 'all') return 'edge'
  const aspects = new Set(filter.of.map(aspectOfFilter))
  if (aspects.has('record')) return 'record'
  const [only] = aspects
  return only !== undefined && aspects.size === 1 ? only : 'both'
}

/** `status:503`, `status:5xx`, `status:>=400` as a range; null for any other filter. */
function statusRange(filter: Filter): { from: number; to: number } | null {
  if (filter.type !== 'term' || filter.field !== 'status') return null
  const [, hundreds] = /^([1-5])xx$/i.exec(filter.value) ?? []
  if (hundreds !== undefined) return { from: Number(hundreds) * 100, to: Number(hundreds) * 100 + 99 }
  const n = termNumber(filter)
  return n === null ? null : range(filter.op, n)
}

function range(op: FilterTerm['op'], n: number): { from: number; to: number } {
  const most = 32_767
  if (op === '>') return { from: Math.floor(n) + 1, to: most }
  if (op === '>=') return { from: Math.ceil(n), to: most }
  if (op === '<') return { from: -most, to: Math.ceil(n) - 1 }
  if (op === '<=') return { from: -most, to: Math.floor(n) }
  return { from: Math.ceil(n), to: Math.floor(n) }
}
