import type { ObjectChange, ObjectFacts } from '@/core/marks/mark'
import type { Scope } from '@/core/scope'
import type { Window } from '@/core/time'
import { databaseError, type Queryable } from '../pool'

/** What marks look at, of a version that is named `o` or `before`. */
const facts = (
  object: string,
) => `jsonb_build_object('images', ${object} -> 'images', 'replicas', ${object} -> 'replicas',
  'template', ${object} -> 'template', 'restartedAt', coalesce(${object} ->> 'restartedAt', ''),
  'content', md5(concat(${object} -> 'spec', ${object} -> 'ports', ${object} -> 'selector', ${object} -> 'type', ${object} -> 'externalName',
    nullif(${object} -> 'more', '{}'), nullif(${object} -> 'cut', 'null'))))`

// Each begins with the condition of an index on valid_from, word by word. What a Deployment's ReplicaSets tell, the Deployment
// tells too; routes are no policies, and programs shift their weights all day.
const watchedKinds = [
  `o.kind in ('Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'ReplicaSet', 'NetworkPolicy', 'Service', 'Node')
    and (o.kind <> 'ReplicaSet' or o.object -> 'owner' ->> 'kind' is distinct from 'Deployment')`,
  `(o.kind like '%.%' or o.kind in ('PeerAuthentication', 'DestinationRule')) and o.kind not like '%Route.%'`,
]

const inScope = `($3::text[] is null or o.cluster || '/' || o.namespace = any($3))`

const begun = (watched: string) => `
  select o.cluster, o.namespace, o.kind, o.name, o.valid_from as at, nullif(o.object -> 'owner', 'null') as owner,
    case when before.object is not null then ${facts('before.object')} end as before, ${facts('o.object')} as after
  from inventory_object o left join lateral (
    select object from inventory_object b
    where b.cluster = o.cluster and b.kind = o.kind and b.uid = o.uid and b.valid_from < o.valid_from
    order by b.valid_from desc limit 1
  ) before on true
  where o.valid_from >= to_timestamp($1::float8 / 1000) and o.valid_from < to_timestamp($2::float8 / 1000)
    and ${watched} and ${inScope}`

const ended = `
  select o.cluster, o.namespace, o.kind, o.name, o.valid_to, nullif(o.object -> 'owner', 'null'), ${facts('o.object')}, null
  from inventory_object o
  where o.valid_to >= to_timestamp($1::float8 / 1000) and o.valid_to < to_timestamp($2::float8 / 1000)
    and (${watchedKinds.join(' or ')}) and ${inScope}
    and not exists (select from inventory_object n
      where n.cluster = o.cluster and n.kind = o.kind and n.uid = o.uid and n.valid_from = o.valid_to)`

const select = `select * from (${[...watchedKinds.map(begun), ended].join('\n  union all')}
) change order by at desc limit $4`

type Row = Omit<ObjectChange, 'before' | 'after'> & Record<'before' | 'after', Partial<ObjectFacts> | null>

/**
 * Changes of workloads, policies, Services and nodes in a window, newest first, at most `limit`. Nodes
 * are nobody's, so only those see them who see everything. Grows with the changes, not with the objects.
 */
export async function readObjectChanges(
  database: Queryable,
  window: Window,
  scope: Scope,
  limit = 5_000,
): Promise<ObjectChange[]> {
  const { rows } = await database
    .query<Row>(select, [window.from, window.to, scope.all ? null : [...scope.pairs], limit])
    .catch((thrown: unknown) => Promise.reject(databaseError(thrown)))
  return rows.map((row) => ({
    ...row,
    before: row.before && complete(row.before),
    after: row.after && complete(row.after),
  }))
}

/** Objects of other kinds, and those that were stored before a field was kept, lack some. */
const complete = ({ images, replicas, template, restartedAt, content }: Partial<ObjectFacts>): ObjectFacts => ({
  images: images ?? [],
  replicas: replicas ?? null,
  template: template ?? null,
  restartedAt: restartedAt ?? '',
  content: content ?? '',
})
