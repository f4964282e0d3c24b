import type { Window } from '@/core/time'
import { within } from '../buckets/bucket-sql'
import { databaseError, type Queryable } from '../pool'

/** What a record's edge and facet are, and what it has in common with others, as JSON text. */
export type NamedRecord = { readonly edgeId: number; readonly facetId: number; readonly shape: string }

/** Records looked at of each table. */
const most = 50_000

const part = (table: string, window: Window) =>
  `(select edge_id, facet_id, shape_id from ${table} where ${within('time', window)} and facet_id = any($1) limit ${most})`

/**
 * Distinct edges, facets and shapes among raw records of these facets that name policies: of `passed` those that were not
 * denied, of `denied` those that were. A sample where there are more than 50,000 of either.
 */
export async function readNamedRecords(
  database: Queryable,
  {
    facetIds,
    passed,
    denied,
  }: { readonly facetIds: readonly number[]; readonly passed: Window; readonly denied: Window },
): Promise<NamedRecord[]> {
  if (facetIds.length === 0) return []
  const sample = `${part('flow_record', passed)} union ${part('denied_record', denied)}`
  const select = `select edge_id as "edgeId", facet_id as "facetId", shape from (${sample}) sample join flow_shape on flow_shape.id = shape_id
where shape like '%ed_by"%' or shape like '%_policies"%'`
  const { rows } = await database
    .query<NamedRecord>(select, [facetIds])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
