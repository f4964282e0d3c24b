import { type Filter, type FilterTerm, isFigureField, leavesOf } from './filter-ast'
import { serialiseFilter } from './filter-serialise'
import { statusClass } from './filter-value'

/** What a page shows: edges with their figures, or single records. */
export type FilterSubject = 'edges' | 'records'

/** What a filter asks that a page cannot tell, one sentence for each; such terms are never dropped in silence. */
export function filterNotes(filter: Filter, subject: FilterSubject): readonly string[] {
  const terms = leavesOf(filter).filter((leaf): leaf is FilterTerm => leaf.type === 'term')
  if (subject === 'records') {
    const left = named(terms.filter(({ field }) => isFigureField(field)))
    return left ? [`${left} is about figures over time, which a single flow does not have; it is left out here.`] : []
  }
  const codes = named(
    terms.filter(({ field, value }) => field === 'status' && ![4, 5].includes(statusClass(value) ?? 0)),
  )
  return codes ? [`${codes} is of single flows; here only 4xx and 5xx are known, so nothing matches it.`] : []
}

const named = (terms: readonly FilterTerm[]): string => [...new Set(terms.map(serialiseFilter))].join(' and ')
