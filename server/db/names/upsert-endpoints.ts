import type { Endpoint } from '@/core/endpoint'
import { clean } from '../clean'
import type { Queryable } from '../pool'

const insert = `insert into endpoint (cluster, namespace, kind, name)
select * from unnest($1::text[], $2::text[], $3::text[], $4::text[]) on conflict do nothing`

const select = `select e.id from unnest($1::text[], $2::text[], $3::text[], $4::text[]) with ordinality as k (cluster, namespace, kind, name, n)
join endpoint e using (cluster, namespace, kind, name) order by k.n`

/** Ids of endpoints, in their order; new ones are made. */
export async function upsertEndpoints(database: Queryable, endpoints: readonly Endpoint[]): Promise<number[]> {
  const columns = [
    endpoints.map((e) => clean(e.cluster)),
    endpoints.map((e) => clean(e.namespace)),
    endpoints.map((e) => clean(e.kind)),
    endpoints.map((e) => clean(e.name)),
  ]
  await database.query(insert, columns)
  const { rows } = await database.query<{ id: number }>(select, columns)
  return rows.map((row) => row.id)
}
