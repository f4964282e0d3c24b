import { databaseError, type Queryable } from '../pool'

const select = 'select id, shape from flow_shape where id = any($1::int[])'

/** What many records share, as JSON text, by its id. */
export async function readShapes(database: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const { rows } = await database
    .query<{ id: number; shape: string }>(select, [ids])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return new Map(rows.map(({ id, shape }) => [id, shape]))
}
