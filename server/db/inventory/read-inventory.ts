import type { Endpoint } from '@/core/endpoint'
import { inventoryItems } from '@/core/inventory/inventory-items'
import type { Labels } from '@/core/inventory/inventory-object'
import type { Scope } from '@/core/scope'
import type { Window } from '@/core/time'
import { healthAnnotation } from '@/core/health/tolerance-annotation'
import type { InventoryItem } from '@/core/world'
import { databaseError, type Queryable } from '../pool'

/** Of a workload or a namespace; see core/health/tolerance-annotation.ts. */
const health = `object -> 'annotations' ->> '${healthAnnotation}'`

const select = `with object as materialized (
  select cluster, kind, uid, namespace, name, object from inventory_object
  where valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($2::float8 / 1000))
    and kind in ('Pod', 'Service', 'EndpointSlice')
    and ($3::text[] is null or cluster || '/' || namespace = any($3))
), pod as (
  select cluster, uid, namespace, object -> 'workload' ->> 'kind' as kind, object -> 'workload' ->> 'name' as name, object -> 'labels' as labels
  from object where kind = 'Pod' and object ->> 'phase' not in ('Succeeded', 'Failed')
), behind as (
  select p.cluster, p.uid, array_agg(distinct s.object ->> 'service') as services
  from object s cross join lateral jsonb_array_elements(s.object -> 'endpoints') e join pod p on p.uid = e ->> 'pod' and p.cluster = s.cluster
  where s.kind = 'EndpointSlice' and s.object ->> 'service' <> ''
  group by p.cluster, p.uid
), said as (
  select cluster, name, ${health} as health from inventory_object
  where kind = 'Namespace' and ${health} is not null
    and valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($2::float8 / 1000))
)
select 'group' as part, cluster, namespace, kind, name, labels, coalesce(services, '{}') as services, count(*) as pods, null as health
from pod left join behind using (cluster, uid) where kind is not null group by 2, 3, 4, 5, 6, 7
union all
select 'service', cluster, namespace, kind, name, nullif(object -> 'selector', 'null'), '{}', 0, null from object where kind = 'Service'
union all
select 'workload', workload.cluster, namespace, kind, workload.name, object -> 'podLabels', '{}', 0, coalesce(${health}, said.health) from (
  select distinct on (cluster, kind, namespace, name) cluster, kind, namespace, name, object from inventory_object
  where kind in ('Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'ReplicaSet', 'Job')
    and valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($1::float8 / 1000))
    and ($3::text[] is null or cluster || '/' || namespace = any($3))
    and (kind not in ('ReplicaSet', 'Job') or (object -> 'owner' = 'null' and object -> 'replicas' <> '0' and not (object -> 'finished')::bool))
  order by cluster, kind, namespace, name, valid_from desc
) workload left join said on said.cluster = workload.cluster and said.name = workload.namespace`

type Row = Endpoint & {
  readonly part: 'group' | 'service' | 'workload'
  readonly labels: Labels | null
  readonly services: string[]
  readonly pods: number
  readonly health: string | null
}

/**
 * Workloads and Services of the window, with or without traffic: those that pods or Services tell of
 * as of its end, and every Deployment, StatefulSet, DaemonSet, CronJob and unowned Job or ReplicaSet
 * that existed in it. `pods` and `services` are as of its end. Grows with the pods of one moment.
 */
export async function readInventory(database: Queryable, window: Window, scope: Scope): Promise<InventoryItem[]> {
  const { rows } = await database
    .query<Row>(select, [window.from, window.to, scope.all ? null : [...scope.pairs]])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const endpointOf = ({ cluster, namespace, kind, name }: Row): Endpoint => ({ cluster, namespace, kind, name })
  return inventoryItems({
    groups: rows
      .filter((row) => row.part === 'group')
      .map((row) => ({ ...row, workload: endpointOf(row), labels: row.labels ?? {} })),
    workloads: rows
      .filter((row) => row.part === 'workload')
      .map((row) => ({ endpoint: endpointOf(row), labels: row.labels ?? {}, health: row.health ?? undefined })),
    services: rows
      .filter((row) => row.part === 'service')
      .map((row) => ({ endpoint: endpointOf(row), selector: row.labels })),
  })
}
