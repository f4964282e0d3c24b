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
  source: { rows: ofClusterOrNone },
  gap: { rows: ofClusterOrNone },
  inventory_object: {
    rows: `${ofNamespace} or (kind = 'Namespace' and (cluster, name) in (select cluster, namespace from oriel_wall.own_pair))`,
  },
  container_restart: { rows: ofNamespace },
  // Authorities are those of the whole mesh.
  certificate: { rows: `case when level = 'workload' then ${ofNamespace} else ${ofCluster} end` },
  policy_change: { rows: 'id in (select id from oriel_wall.own_change)' },
  policy_plan: { rows: 'id in (select plan_id from oriel_wall.own_change)' },
  // Names of foreign ends are left out by the view oriel_wall.endpoint.
  endpoint: 'nothing',
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

/** Columns of raw records that a viewer reads only where both ends are its own or nobody's: a text may name the other side. */
const recordView = (table: string, columns: string, texts: string) => `
create view oriel_wall.${table} with (security_invoker = true) as
select ${columns}, ${texts} from (select *, edge_id in (select id from oriel_wall.inner_edge) as inner_record from ${table}) r;`

const text = (column: string, otherwise: string) =>
  `case when inner_record then ${column} else ${otherwise} end as ${column}`
const recordColumns = 'time, key, edge_id, facet_id, source_port, status, latency_us'
const recordTexts = `${text('shape_id', '0')}, ${text('summary', `''`)}`

/**
 * What the rules are made of, and the views of the same name that stand before the tables of records and that of
 * endpoints. Without a setting `oriel.pairs`, a JSON list of [cluster, namespace], there is no pair and so no row.
 */
export const wallViews = `
create view oriel_wall.own_pair as
select pair ->> 0 as cluster, pair ->> 1 as namespace
from jsonb_array_elements(nullif(current_setting('oriel.pairs', true), '')::jsonb) pair where pair ->> 1 <> '';

create view oriel_wall.own_endpoint as
select id from endpoint where (cluster, namespace) in (select cluster, namespace from oriel_wall.own_pair);

create view oriel_wall.own_edge as
select id from edge
where from_id in (select id from oriel_wall.own_endpoint) or to_id in (select id from oriel_wall.own_endpoint);

-- What may be named at an own edge: own ends, and outside parties, unknown ones and nodes of own clusters.
create view oriel_wall.nameable as
select id from endpoint
where (cluster, namespace) in (select cluster, namespace from oriel_wall.own_pair)
  or (namespace = '' and ${ofCluster});

create view oriel_wall.inner_edge as
select id from edge
where (from_id in (select id from oriel_wall.own_endpoint) or to_id in (select id from oriel_wall.own_endpoint))
  and from_id in (select id from oriel_wall.nameable) and to_id in (select id from oriel_wall.nameable);

create view oriel_wall.named_endpoint as
select id from oriel_wall.own_endpoint
union all
select end_id from (select id as edge_id, unnest(array[from_id, to_id]) as end_id from edge) e
where edge_id in (select id from oriel_wall.own_edge) and end_id in (select id from oriel_wall.nameable);

-- Foreign ends are told apart and have no names: who is the same under two kinds has the same number.
create view oriel_wall.endpoint as
select id, kind,
  case when named then cluster else '' end as cluster,
  case when named then namespace else 'outside your scope' end as namespace,
  case when named then name else '#' || (
    select min(alike.id) from endpoint alike
    where alike.cluster = e.cluster and alike.namespace = e.namespace and alike.name = e.name
  ) end as name
from (select *, id in (select id from oriel_wall.named_endpoint) as named from endpoint) e;

create view oriel_wall.own_change as
select c.id, c.plan_id from policy_change c join policy_plan p on p.id = c.plan_id
where (p.cluster, c.namespace) in (select cluster, namespace from oriel_wall.own_pair);
${recordView('flow_record', recordColumns, recordTexts)}
${recordView('denied_record', recordColumns, recordTexts)}
`
