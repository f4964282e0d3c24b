import type { InventoryVersion } from '@/core/inventory/inventory-restore'
import type { Queryable } from '../pool'

const select = `select object - 'workload' as object, valid_from as "from", valid_to as "to" from inventory_object
where cluster = $1 and (valid_to is null or valid_to >= to_timestamp($2::float8 / 1000))
order by valid_to desc nulls first limit $3`

/** All versions that were valid at `since` or later, the open ones first, at most `limit`. */
export async function readInventoryHistory(
  database: Queryable,
  cluster: string,
  since: number,
  limit = 500_000,
): Promise<InventoryVersion[]> {
  const { rows } = await database.query<InventoryVersion>(select, [cluster, since, limit])
  return rows
}
