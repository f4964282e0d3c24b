import { databaseError, type Queryable } from '../pool'

// From one name to the next by the index: the table has many rows and few clusters.
const select = `with recursive found (name) as (
  select min(cluster) from inventory_object
  union all
  select (select min(cluster) from inventory_object where cluster > found.name) from found where found.name is not null
)
select name from found where name is not null`

/** Clusters whose objects are read or were, by name. */
export async function readInventoryClusters(database: Queryable): Promise<string[]> {
  const { rows } = await database
    .query<{ name: string }>(select)
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ name }) => name)
}
