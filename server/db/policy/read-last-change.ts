import type { InventoryKind } from '@/core/inventory/inventory-object'
import type { Scope } from '@/core/scope'
import { databaseError, type Queryable } from '../pool'

const select = `select 1000 * date_part('epoch', greatest(max(valid_from), max(valid_to) filter (where valid_to <= to_timestamp($3::float8 / 1000)))) as at
from inventory_object where cluster = any($1) and kind = any($2) and valid_from <= to_timestamp($3::float8 / 1000)
  and ($4::text[] is null or namespace = '' or cluster || '/' || namespace = any($4))`

/** When an object of these kinds within the scope, or of the whole cluster, was last made, changed or deleted, as known at a moment (milliseconds); null: never. */
export async function readLastChange(
  database: Queryable,
  clusters: readonly string[],
  kinds: readonly InventoryKind[],
  at: number,
  scope: Scope,
): Promise<number | null> {
  const { rows } = await database
    .query<{ at: number | null }>(select, [clusters, kinds, at, scope.all ? null : [...scope.pairs]])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.at ?? null
}
