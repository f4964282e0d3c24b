import type { Labels, ObjectPort } from '@/core/inventory/inventory-object'
import type { GroundPods } from '@/core/policy/ground-pods'
import { databaseError, type Queryable } from '../pool'

// Labels and the like as text: pods of one controller have the same in the same words, so most are parsed once.
const select = `select namespace, coalesce(object -> 'workload' ->> 'kind', 'Pod') as kind, coalesce(object -> 'workload' ->> 'name', name) as name,
object ->> 'labels' as labels, object ->> 'annotations' as annotations, coalesce(object ->> 'serviceAccount', '') as "serviceAccount",
object ->> 'ports' as ports, coalesce((object -> 'hostNetwork')::bool, false) as "hostNetwork", object ->> 'proxy' as proxy, object ->> 'skipsIn' as "skipsIn",
object ->> 'phase' in ('Succeeded', 'Failed') as done, array_agg(distinct object ->> 'node') as nodes, array_agg(object ->> 'ips') as ips,
floor(extract(epoch from max(valid_from)) * 1000)::float8 as "placedAt"
from inventory_object
where cluster = $1 and kind = 'Pod'
  and valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to >= to_timestamp($2::float8 / 1000))
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`

type Row = Pick<
  GroundPods,
  'namespace' | 'kind' | 'name' | 'serviceAccount' | 'hostNetwork' | 'proxy' | 'done' | 'placedAt'
> & {
  readonly nodes: readonly (string | null)[]
  /** JSON, each; null in what was stored before the field was kept. */
  readonly ips: readonly (string | null)[]
  readonly labels: string | null
  readonly annotations: string | null
  readonly ports: string | null
  readonly skipsIn: string | null
}

/** Pods of one cluster as of a moment, milliseconds, those alike together. Grows with the pods. */
export async function readGroundPods(database: Queryable, cluster: string, at: number): Promise<GroundPods[]> {
  const { rows } = await database
    .query<Row>(select, [cluster, at])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const labels = parser<Labels>({})
  const ports = parser<readonly ObjectPort[]>([])
  const numbers = parser<readonly number[]>([])
  const texts = parser<readonly string[]>([])
  return rows.map((row) => ({
    ...row,
    labels: labels(row.labels),
    annotations: labels(row.annotations),
    ports: ports(row.ports),
    skipsIn: numbers(row.skipsIn),
    ips: row.ips.flatMap(texts),
    nodes: row.nodes.flatMap((node) => node || []),
  }))
}

/** Parses JSON that we wrote ourselves; equal texts give one value. */
function parser<T>(absent: T): (text: string | null) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (text === null) return absent
    const had = known.get(text)
    if (had !== undefined) return had
    const parsed = JSON.parse(text) as T
    known.set(text, parsed)
    return parsed
  }
}
