import type { Endpoint } from '../endpoint'
import { type Filter, type FilterTerm, isFigureField } from './filter-ast'
import { compileNamed, endTest } from './filter-end'
import { matchMtls } from './filter-encryption'
import { type FilterFacts, noFacts } from './filter-facts'
import { compileFilter, edgeLeaf, figureLeaf, type FilterLeaf, type Judged, nodeLeaf } from './filter-match'
import { statusClass } from './filter-value'
import type { WorldEdge } from '../world'

export type ServiceMatch = (
  endpoint: Endpoint,
  /** The edges that come in. */
  incoming: readonly WorldEdge[],
  /** Of all that comes in; null where nothing does. */
  figures: () => Judged | null,
) => boolean

/**
 * Does a row of the services table match? Names and figures are its own; what else a term says
 * (`from:`, `verdict:`, `port:` …) must hold for an edge that comes in.
 */
export const compileServiceFilter = (filter: Filter, facts: FilterFacts = noFacts): ServiceMatch =>
  compileFilter(filter, (part) => serviceLeaf(part, facts))

function serviceLeaf(part: FilterLeaf, facts: FilterFacts): ServiceMatch {
  if (part.type === 'text') return nodeLeaf(part) ?? (() => false)
  if (part.field === 'to') return compileNamed(part.value)
  if (part.field === 'is' && part.value.toLowerCase() === 'idle') return (_endpoint, incoming) => incoming.length === 0
  const own = part.side === 'from' ? null : endTest(part, facts)
  const isStore = part.field === 'is' && part.value.toLowerCase() === 'datastore'
  if (own && !isStore) return own
  if (isFigureField(part.field)) {
    if (part.field === 'mtls') return matchIncomingMtls(part, facts)
    const matches = figureLeaf(part)
    return (_endpoint, _incoming, figures) => {
      const known = figures()
      return known === null ? part.field === 'health' && part.value.toLowerCase() === 'unknown' : matches(known)
    }
  }
  const matches = edgeLeaf(part.field === 'is' && part.side === undefined ? { ...part, side: 'to' } : part, facts)
  const counts = part.field === 'status' && statusClass(part.value) !== null
  return (endpoint, incoming, figures) => {
    const known = counts ? figures() : null
    if (own?.(endpoint)) return true
    return incoming.some(({ edge, rows }) =>
      matches(
        edge,
        rows.map((row) => row.facet),
        known ? () => known : undefined,
      ),
    )
  }
}

/** Holds where it holds for an edge that comes in: one that falls short is what is looked for. */
function matchIncomingMtls(term: FilterTerm, { encryption }: FilterFacts): ServiceMatch {
  const holds = matchMtls(term)
  return (_endpoint, incoming) => incoming.some(({ edge }) => holds(encryption?.(edge)))
}
