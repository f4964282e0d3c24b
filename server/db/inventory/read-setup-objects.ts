import { type SetupObject, tellingNames } from '@/core/inventory/setup'
import { databaseError, type Queryable } from '../pool'

const select = `select distinct cluster, kind, namespace, name from inventory_object
where valid_to is null and kind in ('Deployment', 'DaemonSet', 'Service') and (name = any($1) or name like '%prometheus%')
order by cluster, kind, namespace, name limit 1000`

/** What there is now of the objects that say which network, mesh and monitoring a cluster has. */
export async function readSetupObjects(database: Queryable): Promise<SetupObject[]> {
  const { rows } = await database
    .query<SetupObject>(select, [tellingNames])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
