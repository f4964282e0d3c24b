import type { InventoryKind, InventoryObject } from '@/core/inventory/inventory-object'
import { databaseError, type Queryable } from '../pool'

const select = `select object from inventory_object where cluster = $1 and namespace = $2 and kind = any($3)
and valid_from < to_timestamp($4::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($4::float8 / 1000))
limit 10000`

/** The objects of some kinds in a namespace as they were at a moment, milliseconds. */
export async function readObjectsAt(
  database: Queryable,
  place: { readonly cluster: string; readonly namespace: string },
  kinds: readonly InventoryKind[],
  at: number,
): Promise<InventoryObject[]> {
  const { rows } = await database
    .query<{ object: InventoryObject }>(select, [place.cluster, place.namespace, kinds, at])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map(({ object }) => object)
}
