import type { Queryable } from '../pool'

const insert = `insert into flow_shape (hash, shape, seen_on)
select k.hash, k.shape, $3::date from unnest($1::bigint[], $2::text[]) as k (hash, shape)
on conflict (hash) do update set seen_on = excluded.seen_on where flow_shape.seen_on < excluded.seen_on`

const select = `select s.id from unnest($1::bigint[]) with ordinality as k (hash, n) join flow_shape s using (hash) order by k.n`

type Row = { readonly hash: bigint; readonly shape: string }

/** Ids of shapes, in their order; new ones are made, known ones are marked as seen on `day` (a date, or 'infinity'). */
export async function upsertShapes(database: Queryable, shapes: readonly Row[], day: string): Promise<number[]> {
  const unique = new Map(shapes.map((row) => [row.hash, row.shape]))
  await database.query(insert, [[...unique.keys()].map(String), [...unique.values()], day])
  const { rows } = await database.query<{ id: number }>(select, [shapes.map((row) => String(row.hash))])
  return rows.map((row) => row.id)
}
