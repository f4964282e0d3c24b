import type { Endpoint } from '@/core/endpoint'
import type { StoredPod } from '@/core/services/service-pods'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

/** A Service has the pods that its slices name, a node those that run on it, a workload its own. */
const select = `select distinct on (uid) object - 'workload' as pod,
case when valid_to is null then null else extract(epoch from valid_to)::float8 * 1000 end as "to"
from inventory_object where cluster = $3 and kind = 'Pod' and valid_from < to_timestamp($2::float8 / 1000)
and (valid_to is null or valid_to >= to_timestamp($1::float8 / 1000))
and case $4
  when 'Node' then object ->> 'node' = $6
  when 'Service' then namespace = $5 and uid in (
    select e ->> 'pod' from inventory_object slice cross join jsonb_array_elements(slice.object -> 'endpoints') e
    where slice.cluster = $3 and slice.kind = 'EndpointSlice' and slice.namespace = $5 and slice.object ->> 'service' = $6
    and slice.valid_from < to_timestamp($2::float8 / 1000) and (slice.valid_to is null or slice.valid_to >= to_timestamp($1::float8 / 1000)))
  when 'Pod' then namespace = $5 and name = $6
  else namespace = $5 and object -> 'workload' ->> 'kind' = $4 and object -> 'workload' ->> 'name' = $6
end
order by uid, valid_from desc limit 5000`

/** Pods of an endpoint that existed in a window, each as it was last. Grows with the versions of pods in its namespace. */
export async function readPods(database: Queryable, window: Window, endpoint: Endpoint): Promise<StoredPod[]> {
  const { cluster, kind, namespace, name } = endpoint
  const { rows } = await database
    .query<StoredPod>(select, [window.from, window.to, cluster, kind, namespace, name])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows
}
