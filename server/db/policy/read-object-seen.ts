import type { AuditedChange } from '@/core/policy/apply/audited-change'
import { inventoryKindOf } from '@/core/policy/inventory-policy'
import { databaseError, type Queryable } from '../pool'

/** Clocks of the cluster and of the database may differ by so much. */
const skew = `interval '2 s'`

const written = `select min(valid_from) as at from inventory_object
where cluster = $1 and kind = $2 and namespace = $3 and name = $4 and valid_from >= to_timestamp($5::float8 / 1000) - ${skew}`
const gone = `select min(valid_to) as at from inventory_object
where cluster = $1 and kind = $2 and namespace = $3 and name = $4 and valid_to >= to_timestamp($5::float8 / 1000) - ${skew}`

/** When the watch of the cluster told of an object since a change of it, milliseconds; null: not yet, or it is not watched. */
export async function readObjectSeen(
  database: Queryable,
  { cluster, ref, at, change }: Pick<AuditedChange, 'cluster' | 'ref' | 'at' | 'change'>,
): Promise<number | null> {
  const { rows } = await database
    .query<{ at: number | null }>(change === 'delete' ? gone : written, [
      cluster,
      inventoryKindOf(ref),
      ref.namespace ?? '',
      ref.name,
      at,
    ])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows[0]?.at ?? null
}
