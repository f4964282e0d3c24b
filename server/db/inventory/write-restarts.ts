import type { InventoryChange } from '@/core/inventory/inventory-index'
import type { Queryable } from '../pool'

// The workload of a pod may be learnt after the pod.
const write = `insert into container_restart as known
  (cluster, pod_uid, container, at, namespace, pod, workload_kind, workload, count, reason, exit_code)
select distinct on (uid, container, at) $1, uid, container, to_timestamp(at / 1000), namespace, pod, kind, workload, count, reason, "exitCode"
from jsonb_to_recordset($2::jsonb) as r (uid text, container text, at float8, namespace text, pod text, kind text, workload text, count int, reason text, "exitCode" int)
on conflict (cluster, pod_uid, container, at) do update set workload_kind = excluded.workload_kind, workload = excluded.workload
where (known.workload_kind, known.workload) is distinct from (excluded.workload_kind, excluded.workload)`

/** Writes the ends of containers that changed pods tell of, each once. */
export async function writeRestarts(
  connection: Queryable,
  cluster: string,
  changes: readonly InventoryChange[],
): Promise<void> {
  const rows = changes.flatMap(({ object, workload }) => {
    if (object.kind !== 'Pod') return []
    const { uid, namespace, name: pod, restarts = [] } = object
    const { kind, name } = workload ?? object
    return restarts.map((end) => ({ ...end, uid, namespace, pod, kind, workload: name }))
  })
  if (rows.length > 0) await connection.query(write, [cluster, JSON.stringify(rows)])
}
