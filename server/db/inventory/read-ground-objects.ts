import type { InventoryObject } from '@/core/inventory/inventory-object'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

const select = `select cluster, object from inventory_object
where (kind in ('Node', 'CiliumNode', 'Namespace', 'PeerAuthentication', 'DestinationRule', 'CiliumConfig', 'FelixConfiguration')
  or (kind = 'DaemonSet' and object -> 'labels' ->> 'k8s-app' = 'cilium'))
and valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to > to_timestamp($1::float8 / 1000))
order by valid_from`

export type GroundObject = { readonly cluster: string; readonly object: InventoryObject }

/** Versions of objects that say how clusters encrypt, as far as they were valid in the window, oldest first. */
export async function readGroundObjects(database: Queryable, window: Window): Promise<GroundObject[]> {
  const { rows } = await database
    .query<GroundObject>(select, [window.from, window.to])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
