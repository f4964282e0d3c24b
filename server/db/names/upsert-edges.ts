import type { Protocol } from '@/core/verdict'
import type { Queryable } from '../pool'

const insert = `insert into edge (from_id, to_id, port, protocol)
select * from unnest($1::int[], $2::int[], $3::int[], $4::text[]) on conflict do nothing`

const select = `select e.id from unnest($1::int[], $2::int[], $3::int[], $4::text[]) with ordinality as k (from_id, to_id, port, protocol, n)
join edge e using (from_id, to_id, port, protocol) order by k.n`

type Row = { readonly fromId: number; readonly toId: number; readonly port: number; readonly protocol: Protocol }

/** Ids of edges, in their order; new ones are made. */
export async function upsertEdges(database: Queryable, edges: readonly Row[]): Promise<number[]> {
  const columns = [
    edges.map((e) => e.fromId),
    edges.map((e) => e.toId),
    edges.map((e) => e.port),
    edges.map((e) => e.protocol),
  ]
  await database.query(insert, columns)
  const { rows } = await database.query<{ id: number }>(select, columns)
  return rows.map((row) => row.id)
}
