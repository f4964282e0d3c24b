import type { Endpoint } from '@/core/endpoint'
import { databaseError, type Queryable } from '../pool'

/** `$4`: kind. A source that does not know the kind of a workload calls it `Workload`. */
const select = `with me as (
  select id from endpoint where cluster = $1 and namespace = $2 and name = $3 and kind in ($4, 'Workload')
), own as (
  select id, from_id, to_id from edge where from_id in (select id from me) or to_id in (select id from me)
), called as (
  select distinct on (alike.id) alike.id from own join endpoint callee on callee.id = own.to_id
  join endpoint alike using (cluster, namespace, name) where own.from_id in (select id from me)
), nameless as (
  select distinct to_id from edge join endpoint caller on caller.id = from_id
  where caller.kind = 'Unknown' and to_id in (select id from called)
)
select id from own
union select id from edge where to_id in (select id from called) and exists (select from nameless)
union select edge.id from edge join endpoint callee on callee.id = edge.to_id
where $4 = 'External' and callee.kind = 'External' and edge.from_id in (select from_id from own)`

/**
 * Ids of the stored edges that decide which traffic an endpoint has (core/witness/join-edges.ts): those it is an end
 * of, under any of its names; where unknown callers call what it calls, all calls of that; of an outside
 * party, all that its callers call outside. Grows with stored edges, which are looked through once.
 */
export async function readNearEdges(database: Queryable, endpoint: Endpoint): Promise<number[]> {
  const { cluster, namespace, kind, name } = endpoint
  const { rows } = await database
    .query<{ id: number }>(select, [cluster, namespace, name, kind])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ id }) => id)
}
