import type { LabelledPods, PolicySelector } from '@/core/policy/policy-cover'
import type { Labels } from '@/core/inventory/inventory-object'
import type { Scope } from '@/core/scope'
import { databaseError, type Queryable } from '../pool'

const select = `with object as (
  select cluster, kind, namespace, name, object from inventory_object
  where valid_from < to_timestamp($1::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($1::float8 / 1000))
    and kind in ('Pod', 'NetworkPolicy')
    and ($2::text[] is null or cluster || '/' || namespace = any($2))
)
select 'policy' as part, cluster, namespace, '' as kind, name, object -> 'spec' -> 'podSelector' as value
from object where kind = 'NetworkPolicy'
union all
select distinct 'pods', cluster, namespace, object -> 'workload' ->> 'kind', object -> 'workload' ->> 'name', object -> 'labels'
from object where kind = 'Pod' and object -> 'workload' ->> 'kind' is not null and object ->> 'phase' not in ('Succeeded', 'Failed')`

type Row = { cluster: string; namespace: string; name: string; kind: string } & (
  | { part: 'policy'; value: unknown }
  | { part: 'pods'; value: Labels | null }
)

export type PolicySelectors = { readonly policies: readonly PolicySelector[]; readonly pods: readonly LabelledPods[] }

/** NetworkPolicies and the labels of workloads' pods as of a moment (milliseconds), for core/policy/policy-cover.ts. Grows with the pods. */
export async function readPolicySelectors(database: Queryable, at: number, scope: Scope): Promise<PolicySelectors> {
  const { rows } = await database
    .query<Row>(select, [at, scope.all ? null : [...scope.pairs]])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return {
    policies: rows.flatMap((row) => (row.part === 'policy' ? [{ ...row, selector: row.value }] : [])),
    pods: rows.flatMap(({ cluster, namespace, kind, name, ...row }) =>
      row.part === 'pods' ? [{ workload: { cluster, namespace, kind, name }, labels: row.value ?? {} }] : [],
    ),
  }
}
