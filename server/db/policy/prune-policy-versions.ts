import type { InventoryChange } from '@/core/inventory/inventory-index'
import { isPolicy } from '@/core/inventory/inventory-object'
import type { Queryable } from '../pool'

/** Versions of one policy that are kept; what programs rewrite all day would else grow without end. */
export const keptVersions = 300

const remove = `delete from inventory_object o using jsonb_to_recordset($2::jsonb) as c (kind text, uid text)
where o.cluster = $1 and o.kind = c.kind and o.uid = c.uid and o.valid_from < (
  select valid_from from inventory_object n where n.cluster = $1 and n.kind = c.kind and n.uid = c.uid
  order by valid_from desc offset $3 - 1 limit 1
)`

/** Forgets the oldest versions of policies that have just changed, where there are more than `kept`. */
export async function prunePolicyVersions(
  database: Queryable,
  cluster: string,
  changes: readonly InventoryChange[],
  kept = keptVersions,
): Promise<void> {
  const policies = changes.flatMap(({ object }) => (isPolicy(object) ? [{ kind: object.kind, uid: object.uid }] : []))
  if (policies.length > 0) await database.query(remove, [cluster, JSON.stringify(policies), kept])
}
