import type { Filter } from '../filter/filter-ast'
import { type FilterFacts, noFacts } from '../filter/filter-facts'
import { compileEdgeFilter, type RecordFields } from '../filter/filter-match'
import { allOf } from '../filter/filter-parse'
import { filterForRecords } from '../filter/filter-record'
import { type FlowFacetId, flowFacetIds, flowFacetValues, isAboutFacet } from './flow-facets'
import type { Edge, Facet } from '../world'

/** Something counted that has the values of an edge and a facet, and a record's own where it is one. */
export type Counted = {
  readonly edge: Edge
  readonly facet: Facet
  readonly count: number
  readonly record?: RecordFields
}

export type FacetCount = { readonly label: string; readonly value: string; readonly count: number }

/** `more`: values beyond those listed. */
export type FacetCounts = { readonly values: readonly FacetCount[]; readonly more: number }

const listed = 12

/** Counts the values of a facet among rows. */
export type FacetCounter = (id: FlowFacetId, rows: readonly Counted[]) => FacetCounts

/**
 * How much each value of a facet would leave: counted over all that matches the filter but for what it says of this
 * facet itself, so that the alternatives of a chosen value keep their counts. O(rows × values), and the filter is asked
 * of each row once for all facets of which it says nothing.
 */
export function facetCounter(filter: Filter, facts: FilterFacts = noFacts): FacetCounter {
  const found = new Map<readonly Counted[], Map<string, readonly Counted[]>>()
  const matching = (rest: Filter, rows: readonly Counted[]): readonly Counted[] => {
    const known = found.get(rows) ?? new Map<string, readonly Counted[]>()
    found.set(rows, known)
    const key = JSON.stringify(rest)
    let left = known.get(key)
    if (!left) {
      const matches = compileEdgeFilter(rest, facts)
      left =
        rest.type === 'all' ? rows : rows.filter(({ edge, facet, record }) => matches(edge, [facet], undefined, record))
      known.set(key, left)
    }
    return left
  }
  return (id, rows) => {
    const counts = new Map<string, { label: string; value: string; count: number }>()
    for (const { edge, facet, count, record } of matching(withoutFacet(id, filter), rows))
      for (const { label, value } of flowFacetValues(id, edge, facet, record?.status ?? null)) {
        const known = counts.get(label)
        if (known) known.count += count
        else counts.set(label, { label, value, count })
      }
    const sorted = [...counts.values()].sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    return { values: sorted.slice(0, listed), more: Math.max(0, sorted.length - listed) }
  }
}

/** The filter without what it says of a facet alone. */
export const withoutFacet = (id: FlowFacetId, filter: Filter): Filter =>
  allOf(conjuncts(filter).filter((part) => !isAboutFacet(id, part)))

/** What a filter asks of no facet: the part that every facet's counts have in common. */
export const withoutFacets = (filter: Filter): Filter =>
  allOf(conjuncts(filter).filter((part) => !flowFacetIds.some((id) => isAboutFacet(id, part))))

function conjuncts(filter: Filter): readonly Filter[] {
  const { filter: known } = filterForRecords(filter)
  return known.type === 'and' ? known.of : known.type === 'all' ? [] : [known]
}

/** Must each record be asked, because the filter says something that no edge and no facet has? */
export function asksRecords(filter: Filter): boolean {
  if (filter.type === 'text') return true
  if (filter.type === 'term') return filter.field === 'status' || filter.field === 'op'
  if (filter.type === 'not') return asksRecords(filter.of)
  return (filter.type === 'and' || filter.type === 'or') && filter.of.some(asksRecords)
}
