import type { Endpoint } from './endpoint'
import type { Figures } from './figures'
import { figureFields, type Filter } from './filter-ast'
import { compileFilter, compileNamed, edgeLeaf, figureLeaf, type FilterLeaf, nodeLeaf } from './filter-match'
import type { WorldEdge } from './world'

export type ServiceMatch = (
  endpoint: Endpoint,
  /** The edges that come in. */
  incoming: readonly WorldEdge[],
  /** Of all that comes in; null where nothing does. */
  figures: () => Figures | null,
) => boolean

/**
 * Does a row of the services table match? Names and figures are its own; what else a term says
 * (`from:`, `verdict:`, `port:` …) must hold for an edge that comes in.
 */
export const compileServiceFilter = (filter: Filter): ServiceMatch => compileFilter(filter, serviceLeaf)

function serviceLeaf(part: FilterLeaf): ServiceMatch {
  const own = nodeLeaf(part)
  if (own || part.type === 'text') return (endpoint) => own?.(endpoint) ?? false
  if (part.field === 'to') return compileNamed(part.value)
  if (figureFields.has(part.field)) {
    const matches = figureLeaf(part)
    return (_endpoint, _incoming, figures) => {
      const known = figures()
      return known !== null && matches(known)
    }
  }
  const matches = edgeLeaf(part)
  return (_endpoint, incoming) =>
    incoming.some(({ edge, rows }) =>
      matches(
        edge,
        rows.map((row) => row.facet),
      ),
    )
}
