/** The role that scoped reads run as, and the schema that it looks into first. */
export const reader = 'oriel_reader'
export const wallSchema = 'oriel_wall'

/**
 * What a scoped read sees of a table: `rows` that fulfil a condition, or nothing at all. A table that is not named
 * here fails a test, and a scoped read of it fails.
 */
export type WallRule = { readonly rows: string } | 'nothing'

// Conditions name no column of an outer query within their sub-select, so each is computed once for a scan and not for each row.
const ofEdge = 'edge_id in (select id from oriel_wall.own_edge)'
const ofNamespace = '(cluster, namespace) in (select cluster, namespace from oriel_wall.own_pair)'
const ofCluster = 'cluster in (select cluster from oriel_wall.own_pair)'
/** What is of no cluster, a receiver for all, concerns everybody. */
const ofClusterOrNone = `cluster = '' or ${ofCluster}`
/** A recording is of a whole cluster and nobody's namespaces. */
const none = 'false'
/** Words that belong to nobody; which of them a viewer meets is said by ids in rows that it sees. */
const words = 'true'

const tiers = ['10s', '1m', '5m', '15m', '1h', '6h', '1d', '5d']
const buckets = tiers.flatMap((tier) => [`edge_bucket_${tier}`, `operation_bucket_${tier}`])

/** Every table, with what a scoped read sees of it. Partitions are read through the table that they are of. */
export const wallRules: Readonly<Record<string, WallRule>> = {
  ...Object.fromEntries(buckets.map((table) => [table, { rows: ofEdge }])),
  flow_record: { rows: ofEdge },
  denied_record: { rows: ofEdge },
  recording: { rows: none },
  recording_bucket: { rows: none },
  recording_operation: { rows: none },
  recording_flow: { rows: none },
  edge: { rows: 'id in (select id from oriel_wall.own_edge)' },
  facet: { rows: words },
  operation: { rows: words },
  flow_shape: { rows: words },
  // Up to when tiers are complete.
  rollup_state: { rows: 'true' },
  inventory_object: {
    rows: `${ofNamespace} or (kind = 'Namespace' and (cluster, name) in (select cluster, namespace from oriel_wall.own_pair))`,
  },
  container_restart: { rows: ofNamespace },
  // Authorities are those of the whole mesh.
  certificate: { rows: `case when level = 'workload' then ${ofNamespace} else ${ofCluster} end` },
  policy_change: { rows: 'id in (select id from oriel_wall.own_change)' },
  // Views of the same name stand before these, and leave out what belongs to others.
  endpoint: 'nothing',
  source: 'nothing',
  gap: 'nothing',
  policy_plan: 'nothing',
  // Records of all namespaces are in one block.
  flow_detail: 'nothing',
  denied_detail: 'nothing',
  tunnel_reading: 'nothing',
  // Of people: read by who they are and not by namespace.
  account: 'nothing',
  session: 'nothing',
  pending_login: 'nothing',
  logout_notice: 'nothing',
  api_token: 'nothing',
  login_throttle: 'nothing',
  login_code: 'nothing',
  audit_event: 'nothing',
  team: 'nothing',
  grant_everywhere: 'nothing',
  link: 'nothing',
  frozen_answer: 'nothing',
  saved_view: 'nothing',
  policy_draft: 'nothing',
  policy_draft_comment: 'nothing',
  encryption_exception: 'nothing',
  // Of the machinery.
  rollup_due: 'nothing',
  seen_key: 'nothing',
  setting: 'nothing',
  _prisma_migrations: 'nothing',
}

/** An end as core/endpoint.ts writes it. */
const seenEnd = (key: string) =>
  `(split_part(${key}, '/', 2) = '' or (split_part(${key}, '/', 1), split_part(${key}, '/', 2)) in (select cluster, namespace from oriel_wall.own_pair))`

/** The id of a source without its address, told apart by a number: as server/veiled-source.ts. */
const veiled = (id: string) =>
  `case when ${id} like 'kubernetes:%' or ${id} not like '%:%' then ${id} else split_part(${id}, ':', 1) || ':#' || left(md5(${id}), 6) end`

/** A text of a raw record may name the other side, so a viewer reads it only where both ends may be named. */
const recordView = (table: string) => `
create view oriel_wall.${table} with (security_invoker = true) as
select time, key, edge_id, facet_id, source_port, status, latency_us,
  case when exists (select from oriel_wall.inner_edge i where i.id = edge_id) then shape_id else 0 end as shape_id,
  case when exists (select from oriel_wall.inner_edge i where i.id = edge_id) then summary else '' end as summary
from ${table};`

/**
 * What the rules are made of, and the views of the same name that stand before tables of which a viewer sees rows in
 * part. Without a setting `oriel.pairs`, a JSON list of [cluster, namespace], there is no pair and so no row.
 */
export const wallViews = `
create view oriel_wall.own_pair as
select pair ->> 0 as cluster, pair ->> 1 as namespace
from jsonb_array_elements(nullif(current_setting('oriel.pairs', true), '')::jsonb) pair;

create view oriel_wall.own_endpoint as
select id from endpoint where namespace <> '' and (cluster, namespace) in (select cluster, namespace from oriel_wall.own_pair);

create view oriel_wall.own_edge as
select id from edge
where from_id in (select id from oriel_wall.own_endpoint) or to_id in (select id from oriel_wall.own_endpoint);

-- What may be named at an own edge: own ends, and outside parties, unknown ones and nodes of own clusters.
create view oriel_wall.nameable as
select id from endpoint
where case when namespace = '' then ${ofCluster} else ${ofNamespace} end;

create view oriel_wall.inner_edge as
select edge.id from edge join oriel_wall.nameable f on f.id = from_id join oriel_wall.nameable t on t.id = to_id;

-- Foreign ends are told apart and have no names: who is the same under two kinds has the same number.
create view oriel_wall.endpoint as
select e.id, e.kind, coalesce(named.cluster, '') as cluster, coalesce(named.namespace, 'outside your scope') as namespace,
  coalesce(named.name, '#' || (
    select min(alike.id) from endpoint alike
    where alike.cluster = e.cluster and alike.namespace = e.namespace and alike.name = e.name
  )) as name
from endpoint e left join endpoint named on named.id = e.id and named.id in (select id from oriel_wall.nameable)
  and (named.namespace <> '' or named.id in (
    select from_id from edge where to_id in (select id from oriel_wall.own_endpoint)
    union all select to_id from edge where from_id in (select id from oriel_wall.own_endpoint)
  ));

create view oriel_wall.own_change as
select c.id, c.plan_id from policy_change c join policy_plan p on p.id = c.plan_id
where (p.cluster, c.namespace) in (select cluster, namespace from oriel_wall.own_pair);

-- What a source says of itself, where it is, and the machine that a gap is of, may name somebody.
create view oriel_wall.source as
select ${veiled('id')} as id, type, cluster, title, '' as target, state, state_since, first_event_at,
  case when message = '' then '' else 'Who sees the whole cluster is told why.' end as message,
  last_event_at, told_until, last_read_at, rate, records, malformed, '{}'::jsonb as facts, lease_until
from source where ${ofClusterOrNone};

create view oriel_wall.gap as
select id, ${veiled('source_id')} as source_id, cluster, case when part = '' then '' else 'one part' end as part, cause, from_time, to_time, lost
from gap where ${ofClusterOrNone};

-- What is said of a plan as a whole may name others that it touches.
create view oriel_wall.policy_plan as
select p.id, cluster, made_by, acted_as, asked_from, request_id, draft_id, undo_of, made_at,
  case when exists (
    select from policy_change c where c.plan_id = p.id and c.id not in (select id from oriel_wall.own_change)
  ) then '' else reason end as reason,
  (select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(expected) e
    where ${seenEnd("split_part(e ->> 'edge', '|', 1)")} and ${seenEnd("split_part(e ->> 'edge', '|', 2)")}) as expected
from policy_plan p
where p.id in (select plan_id from oriel_wall.own_change);
${recordView('flow_record')}
${recordView('denied_record')}
`
