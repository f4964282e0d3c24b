import type { InventoryKind, InventoryObject } from '@/core/inventory/inventory-object'
import { databaseError, type Queryable } from '../pool'

const select = `select object, valid_from as "from", valid_to as "to" from inventory_object
where cluster = $1 and kind = $2 and namespace = $3 and name = $4 and valid_from <= to_timestamp($5::float8 / 1000)
order by valid_from desc limit 100`

export type NamedObject = {
  readonly cluster: string
  readonly kind: InventoryKind
  /** '' : none. */
  readonly namespace: string
  readonly name: string
}

/** What an object of a name was, up to a moment (milliseconds), newest first, at most 100 versions; also of objects that had the name before. */
export async function readObjectVersions(
  database: Queryable,
  { cluster, kind, namespace, name }: NamedObject,
  until: number,
): Promise<{ object: InventoryObject; from: number; to: number | null }[]> {
  const { rows } = await database
    .query<{ object: InventoryObject; from: number; to: number | null }>(select, [
      cluster,
      kind,
      namespace,
      name,
      until,
    ])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
