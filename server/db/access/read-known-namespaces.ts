import type { KnownNamespaces } from '@/core/access/team-namespaces'
import type { Labels } from '@/core/inventory/inventory-object'
import { databaseError, type Queryable } from '../pool'

// Labels are those of now, or the last ones of a namespace that is gone: its traffic is still its team's.
const objects = `select distinct on (cluster, name) cluster, name as namespace, object -> 'labels' as labels
from inventory_object where kind = 'Namespace' order by cluster, name, valid_from desc`
const ends = `select distinct cluster, namespace from endpoint order by cluster, namespace`

type Row = { readonly cluster: string; readonly namespace: string; readonly labels: Labels | null }

/** Every namespace that exists, did, or had traffic, with its labels where Kubernetes told them; and every cluster. */
export async function readKnownNamespaces(database: Queryable): Promise<KnownNamespaces> {
  const [told, seen, sources] = await Promise.all([
    database.query<Row>(objects),
    database.query<Omit<Row, 'labels'>>(ends),
    database.query<{ cluster: string }>('select distinct cluster from source'),
  ]).catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const found = new Map<string, Row>()
  for (const { cluster, namespace } of seen.rows)
    if (namespace !== '') found.set(`${cluster}/${namespace}`, { cluster, namespace, labels: null })
  for (const row of told.rows) found.set(`${row.cluster}/${row.namespace}`, { ...row, labels: row.labels ?? {} })
  const clusters = [...seen.rows, ...told.rows, ...sources.rows].map(({ cluster }) => cluster)
  return { clusters: [...new Set(clusters)].filter(Boolean).sort(), namespaces: [...found.values()] }
}
