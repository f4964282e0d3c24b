import type { Endpoint } from '@/core/endpoint'
import type { PlacedPods } from '@/core/encryption/ground'
import type { Labels } from '@/core/inventory/inventory-object'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

// Versions of pods without a proxy field were written before it was kept: nothing is known of their mesh.
const select = `select cluster, namespace, object -> 'workload' ->> 'kind' as kind, object -> 'workload' ->> 'name' as name,
object ->> 'node' as node, object ->> 'proxy' as proxy, (object -> 'hostNetwork')::bool as "hostNetwork",
object ->> 'skipsIn' as "skipsIn", object ->> 'skipsOut' as "skipsOut",
(array_agg(object ->> 'labels' order by valid_from desc))[1] as labels, max(valid_from) as newest,
sum(extract(epoch from least(coalesce(valid_to, 'infinity'), to_timestamp($2::float8 / 1000)) - greatest(valid_from, to_timestamp($1::float8 / 1000))))::float8 as "podSeconds"
from inventory_object
where kind = 'Pod' and valid_from < to_timestamp($2::float8 / 1000) and (valid_to is null or valid_to > to_timestamp($1::float8 / 1000))
and object ->> 'phase' not in ('Pending', 'Succeeded', 'Failed') and object ->> 'node' <> '' and object ? 'proxy' and object ? 'workload'
group by 1, 2, 3, 4, 5, 6, 7, 8, 9 order by newest desc`

type Row = Endpoint &
  Pick<PlacedPods, 'node' | 'proxy' | 'hostNetwork' | 'podSeconds'> & {
    /** JSON. */
    readonly skipsIn: string
    readonly skipsOut: string
    readonly labels: string
  }

/** Pods of one workload that were alike, with labels of the newest of them. */
export type PlacedGroup = { readonly endpoint: Endpoint; readonly labels: Labels; readonly pods: PlacedPods }

/** Running pods of the window by workload, node and proxy, newest first. Grows with the versions of pods in the window. */
export async function readPlacedPods(database: Queryable, window: Window): Promise<PlacedGroup[]> {
  const { rows } = await database
    .query<Row>(select, [window.from, window.to])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  const parsed = new Map<string, Labels>()
  return rows.map(({ cluster, namespace, kind, name, labels, node, proxy, hostNetwork, podSeconds, ...skips }) => ({
    endpoint: { cluster, namespace, kind, name },
    labels: labelsOf(labels, parsed),
    pods: { node, proxy, hostNetwork, podSeconds, skipsIn: ports(skips.skipsIn), skipsOut: ports(skips.skipsOut) },
  }))
}

/** Pods of one workload have the same labels, in the same words. */
function labelsOf(text: string, parsed: Map<string, Labels>): Labels {
  let found = parsed.get(text)
  if (!found) parsed.set(text, (found = JSON.parse(text) as Labels))
  return found
}

const none: readonly number[] = []
const ports = (text: string): readonly number[] => (text === '[]' ? none : (JSON.parse(text) as number[]))
