import type { InventoryKind, InventoryObject } from '@/core/inventory/inventory-object'
import { databaseError, type Queryable } from '../pool'

const select = `select object, valid_from as "from" from inventory_object where cluster = $1 and kind = any($2)
and valid_from < to_timestamp($3::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($3::float8 / 1000))
  and (kind not in ('ReplicaSet', 'Job') or object -> 'owner' = 'null')
order by kind, namespace, name`

/** An object as it was since `from`, milliseconds. */
export type ObjectVersion = { readonly object: InventoryObject; readonly from: number }

/** The objects of some kinds in a cluster as they were at a moment, milliseconds, by kind, namespace and name. What a controller's controller made is left out. */
export async function readClusterObjects(
  database: Queryable,
  cluster: string,
  kinds: readonly InventoryKind[],
  at: number,
): Promise<ObjectVersion[]> {
  const { rows } = await database
    .query<ObjectVersion>(select, [cluster, kinds, at])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
