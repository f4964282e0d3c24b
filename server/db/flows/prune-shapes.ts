import type { Queryable } from '../pool'

const remove = `delete from flow_shape where seen_on < $1::date`

const release = `update flow_shape s set seen_on = current_date
where s.seen_on = 'infinity' and not exists (select 1 from recording_flow r where r.shape_id = s.id)`

/** Forgets shapes that no kept record can name: last seen before a time (milliseconds), a day's grace included. Returns how many. */
export async function pruneShapes(database: Queryable, before: number): Promise<number> {
  const { rowCount } = await database.query(remove, [new Date(before - 86_400_000).toISOString().slice(0, 10)])
  return rowCount ?? 0
}

/** Lets go of the shapes that only deleted recordings named. One pass over the recordings' flows. */
export async function releaseShapes(database: Queryable): Promise<void> {
  await database.query(release)
}
