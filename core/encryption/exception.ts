import { compileEdgeFilter, type EdgeMatch } from '../filter/filter-match'
import type { FilterFacts } from '../filter/filter-facts'
import { parseFilter } from '../filter/filter-parse'
import type { WorldEdge } from '../world'

/** Plaintext that somebody accepts for a time. It stays visible and is never counted as encrypted. */
export type EncryptionException = {
  readonly id: number
  /** Which edges, in the filter language. */
  readonly filter: string
  /** Who answers for it. */
  readonly owner: string
  readonly reason: string
  readonly createdBy: string
  /** Milliseconds. */
  readonly createdAt: number
  readonly expiresAt: number
}

/** Longest time that an exception may hold, in milliseconds: what nobody looks at again is no exception. */
export const longestException = 366 * 24 * 3_600_000

/**
 * The exception that covers an edge at a moment; null where none does. The one that holds longest speaks, so that
 * an old one beside it changes nothing. O(exceptions) for each edge.
 */
export function exceptionTest(
  exceptions: readonly EncryptionException[],
  now: number,
  facts: FilterFacts,
): (edge: WorldEdge) => EncryptionException | null {
  const held = exceptions
    .filter(({ expiresAt }) => expiresAt > now)
    .toSorted((a, b) => b.expiresAt - a.expiresAt || a.id - b.id)
    .map((exception): readonly [EncryptionException, EdgeMatch] => [
      exception,
      compileEdgeFilter(parseFilter(exception.filter).filter, facts),
    ])
  return ({ edge, rows }) => {
    const facets = rows.map(({ facet }) => facet)
    return held.find(([, matches]) => matches(edge, facets))?.[0] ?? null
  }
}
