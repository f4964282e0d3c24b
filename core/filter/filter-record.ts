import { type Filter, type FilterTerm, isFigureField } from './filter-ast'
import { compileEdgeFilter } from './filter-match'
import { allOf } from './filter-parse'
import type { Edge, Facet } from '../world'

/** `all`: every record of this edge and facet matches; `some`: each must be asked; `none`: no record can. */
export type Gate = 'all' | 'some' | 'none'

/**
 * The filter without its terms about figures, which no single record has, and those terms, so that
 * the flow table can say that it leaves them out. A term that is left out holds, also under `!`.
 */
export function filterForRecords(filter: Filter): { readonly filter: Filter; readonly ignored: readonly FilterTerm[] } {
  const ignored: FilterTerm[] = []
  const strip = (part: Filter): Filter => {
    if (part.type === 'term' && isFigureField(part.field)) {
      ignored.push(part)
      return { type: 'all' }
    }
    if (part.type === 'and') return allOf(part.of.map(strip))
    if (part.type === 'not') {
      const of = strip(part.of)
      return of.type === 'all' ? of : { type: 'not', of }
    }
    if (part.type !== 'or') return part
    const of = part.of.map(strip)
    return of.some((one) => one.type === 'all') ? { type: 'all' } : { type: 'or', of }
  }
  return { filter: strip(filter), ignored }
}

/**
 * What an edge and facet alone decide about their records, so that a read can pick edges and facets
 * first. Records of `some` are then asked by compileEdgeFilter with their fields.
 */
export function compileGate(filter: Filter): (edge: Edge, facet: Facet) => Gate {
  if (filter.type === 'all') return () => 'all'
  if (filter.type === 'not') {
    const inner = compileGate(filter.of)
    return (edge, facet) => opposite[inner(edge, facet)]
  }
  if (filter.type === 'and' || filter.type === 'or') {
    const inner = filter.of.map(compileGate)
    const winner: Gate = filter.type === 'and' ? 'none' : 'all'
    const neutral: Gate = opposite[winner]
    return (edge, facet) => {
      let gate: Gate = neutral
      for (const one of inner) {
        const next = one(edge, facet)
        if (next === winner) return winner
        if (next === 'some') gate = 'some'
      }
      return gate
    }
  }
  if (isOfRecords(filter)) return () => 'some'
  const matches = compileEdgeFilter(filter)
  const otherwise: Gate = filter.type === 'text' ? 'some' : 'none'
  return (edge, facet) => (matches(edge, [facet]) ? 'all' : otherwise)
}

const opposite: Readonly<Record<Gate, Gate>> = { all: 'none', some: 'some', none: 'all' }

/** Is this a term that each record must be asked: its code, and what was asked for? */
const isOfRecords = (filter: Filter): filter is FilterTerm =>
  filter.type === 'term' && (filter.field === 'status' || filter.field === 'op')

/** Terms that only a record can answer: status, what was asked for, and free text, which may stand in its summary. */
export function recordTerms(
  filter: Filter,
): readonly (FilterTerm | { readonly type: 'text'; readonly value: string })[] {
  if (filter.type === 'and' || filter.type === 'or') return filter.of.flatMap(recordTerms)
  if (filter.type === 'not') return recordTerms(filter.of)
  if (filter.type === 'text') return [filter]
  return isOfRecords(filter) ? [filter] : []
}
