-- What is asked of services and how they answer. `name`: the operation (method and route, DNS question …), '' where it is not told;
-- `code`: the answer in the protocol's own word; `flags`: a proxy's response flags, joined by commas. Bounded by the writers.
create table operation (
  id integer generated always as identity primary key,
  name text not null,
  code text not null,
  flags text not null,
  unique (name, code, flags)
);

-- Counters of operations, in the tiers of edge buckets and rolled up with them: one cover answers both.
create table operation_bucket_10s (
  edge_id integer not null,
  facet_id integer not null,
  operation_id integer not null,
  bucket timestamptz not null,
  requests bigint,
  responses bigint,
  client_errors bigint,
  server_errors bigint,
  latency bytea,
  primary key (edge_id, bucket, facet_id, operation_id)
) partition by range (bucket);

create table operation_bucket_1m (like operation_bucket_10s including all) partition by range (bucket);
create table operation_bucket_5m (like operation_bucket_10s including all) partition by range (bucket);
create table operation_bucket_15m (like operation_bucket_10s including all) partition by range (bucket);
create table operation_bucket_1h (like operation_bucket_10s including all) partition by range (bucket);
create table operation_bucket_6h (like operation_bucket_10s including all) partition by range (bucket);
create table operation_bucket_1d (like operation_bucket_10s including all) partition by range (bucket);
create table operation_bucket_5d (like operation_bucket_10s including all) partition by range (bucket);

create index on operation_bucket_10s using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_1m using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_5m using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_15m using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_1h using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_6h using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_1d using brin (bucket) with (pages_per_range = 32);
create index on operation_bucket_5d using brin (bucket) with (pages_per_range = 32);

create table recording_operation (
  recording_id integer not null references recording on delete cascade,
  edge_id integer not null,
  facet_id integer not null,
  operation_id integer not null,
  bucket timestamptz not null,
  requests bigint,
  responses bigint,
  client_errors bigint,
  server_errors bigint,
  latency bytea,
  primary key (recording_id, edge_id, bucket, facet_id, operation_id)
);
