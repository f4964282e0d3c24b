import type { Labels } from '@/core/inventory/inventory-object'
import type { Scope } from '@/core/scope'
import type { NamespaceLabels } from '@/core/team'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

const select = `select distinct on (cluster, name) cluster, name as namespace, object -> 'labels' as labels from inventory_object
where kind = 'Namespace' and valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($1::float8 / 1000))
  and ($3::text[] is null or cluster || '/' || name = any($3))
order by cluster, name, valid_from desc`

/** Namespaces that existed in the window, with their labels as of its end. */
export async function readNamespaces(database: Queryable, window: Window, scope: Scope): Promise<NamespaceLabels[]> {
  const { rows } = await database
    .query<NamespaceLabels & { labels: Labels | null }>(select, [
      window.from,
      window.to,
      scope.all ? null : [...scope.pairs],
    ])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map((row) => ({ ...row, labels: row.labels ?? {} }))
}
