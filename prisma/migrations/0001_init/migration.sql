-- Dictionaries: every telemetry row names its edge and its facet by a small integer.

create table endpoint (
  id integer generated always as identity primary key,
  cluster text not null,
  namespace text not null,
  kind text not null,
  name text not null,
  unique (cluster, namespace, kind, name)
);

create table edge (
  id integer generated always as identity primary key,
  from_id integer not null references endpoint,
  to_id integer not null references endpoint,
  port integer not null,
  protocol text not null,
  unique (from_id, to_id, port, protocol)
);

-- A facet is what a bucket row counts: who saw it, what happened, with which evidence. A few hundred exist.
create table facet (
  id integer generated always as identity primary key,
  source text not null,
  reporter text not null,
  verdict text not null,
  reason text not null,
  l7 text not null,
  encryption text not null,
  unique (source, reporter, verdict, reason, l7, encryption)
);

-- What many raw records share (labels, identities, node …), once, as JSON text. `seen_on` lets retention find the unused;
-- a recording's shapes are seen on 'infinity'.
create table flow_shape (
  id integer generated always as identity primary key,
  hash bigint not null unique,
  shape text not null,
  seen_on date not null
);

-- Edge buckets in eight tiers, partitioned by time so that retention drops whole partitions.
-- A null counter is unknown, not zero. `latency` is a sketch: concatenation is its merge.

create table edge_bucket_10s (
  edge_id integer not null,
  facet_id integer not null,
  bucket timestamptz not null,
  flows bigint,
  connections bigint,
  bytes_sent bigint,
  bytes_received bigint,
  requests bigint,
  responses bigint,
  client_errors bigint,
  server_errors bigint,
  latency bytea,
  primary key (edge_id, bucket, facet_id)
) partition by range (bucket);

create table edge_bucket_1m (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_5m (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_15m (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_1h (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_6h (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_1d (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_5d (like edge_bucket_10s including all) partition by range (bucket);

create index on edge_bucket_10s using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_1m using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_5m using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_15m using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_1h using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_6h using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_1d using brin (bucket) with (pages_per_range = 32);
create index on edge_bucket_5d using brin (bucket) with (pages_per_range = 32);

-- Buckets that were written since they were last rolled up into the next tier. `version` grows with every
-- write, so that a write during the roll-up keeps the bucket due.
create table rollup_due (
  tier text not null,
  bucket timestamptz not null,
  version bigint not null default 1,
  primary key (tier, bucket)
);

-- Up to where each coarser tier is complete, and from where on each tier still has everything.
create table rollup_state (
  tier text primary key,
  rolled_up_to timestamptz,
  kept_from timestamptz
);

-- Raw records. Denied ones live apart because they are kept longer.
create table flow_record (
  time timestamptz not null,
  key bigint not null,
  edge_id integer not null,
  facet_id integer not null,
  shape_id integer not null,
  source_port integer not null,
  status smallint,
  latency_us integer,
  summary text not null
) partition by range (time);

-- The newest are found by time slices (BRIN), the rare ones by small deduplicated btrees.
create index on flow_record using brin (time) with (pages_per_range = 8);
create index on flow_record (edge_id);
create index on flow_record (facet_id);
create index on flow_record (status) where status >= 400;

create table denied_record (like flow_record including all) partition by range (time);

-- What is a record's own beyond these columns, packed: some hundred records of one write together, deflated.
-- A block holds the records of at most a minute; it is found by time and searched by key.
create table flow_detail (
  from_time timestamptz not null,
  to_time timestamptz not null,
  block bytea not null
) partition by range (from_time);
create index on flow_detail (from_time);

create table denied_detail (like flow_detail including all) partition by range (from_time);

-- Dedupe keys of the newest records, so that a replay after a crash is absorbed. 8 bytes each, big-endian.
create table seen_key (
  source_id text not null,
  at timestamptz not null,
  keys bytea not null
);
create index on seen_key (source_id, at);

-- One row per running source: state for the Sources page, lease for the collectors, checkpoint for the restart.
create table source (
  id text primary key,
  type text not null,
  cluster text not null,
  title text not null,
  target text not null,
  state text not null,
  state_since timestamptz not null,
  message text not null default '',
  last_event_at timestamptz,
  last_read_at timestamptz,
  rate real,
  records bigint not null default 0,
  malformed bigint not null default 0,
  facts jsonb not null default '{}',
  checkpoint jsonb,
  last_batch text,
  lease_holder text,
  lease_token bigint not null default 0,
  lease_until timestamptz
);

create table gap (
  id bigint generated always as identity primary key,
  source_id text not null,
  cluster text not null,
  part text not null,
  cause text not null,
  from_time timestamptz not null,
  to_time timestamptz,
  lost bigint
);
create index on gap (from_time);
create index on gap (source_id, from_time);

-- Kubernetes objects with history: a row is valid from valid_from until valid_to (null: now).
create table inventory_object (
  cluster text not null,
  kind text not null,
  uid text not null,
  namespace text not null,
  name text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  object jsonb not null,
  primary key (cluster, kind, uid, valid_from)
);
create index on inventory_object (cluster, kind, namespace, name);
create index on inventory_object (valid_to);

-- Recordings: imported captures, kept until deleted, apart from live data so that no retention touches them.
create table recording (
  id integer generated always as identity primary key,
  name text not null unique,
  source_type text not null,
  cluster text not null,
  created_at timestamptz not null default now(),
  from_time timestamptz,
  to_time timestamptz,
  lines_read bigint not null default 0,
  lines_used bigint not null default 0,
  skipped jsonb not null default '{}'
);

create table recording_bucket (
  recording_id integer not null references recording on delete cascade,
  edge_id integer not null,
  facet_id integer not null,
  bucket timestamptz not null,
  flows bigint,
  connections bigint,
  bytes_sent bigint,
  bytes_received bigint,
  requests bigint,
  responses bigint,
  client_errors bigint,
  server_errors bigint,
  latency bytea,
  primary key (recording_id, edge_id, bucket, facet_id)
);

create table recording_flow (
  recording_id integer not null references recording on delete cascade,
  time timestamptz not null,
  key bigint not null,
  edge_id integer not null,
  facet_id integer not null,
  shape_id integer not null,
  source_port integer not null,
  status smallint,
  latency_us integer,
  summary text not null,
  detail text not null,
  primary key (recording_id, key)
);
create index on recording_flow (recording_id, time);

-- Settings of this installation, by key.
create table setting (
  key text primary key,
  value jsonb not null
);
