import type { Facet } from '@/core/world'
import { databaseError, type Queryable } from '../pool'

const select = 'select id, source, reporter, verdict, reason, l7, encryption, hop from facet'

/** All facets that ever were, a few hundred, for filters over the flow table. */
export async function readAllFacets(database: Queryable): Promise<Map<number, Facet>> {
  const { rows } = await database
    .query<Facet & { id: number }>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return new Map(rows.map(({ id, ...facet }) => [id, facet]))
}
