-- Open connections × seconds: adds up over sources and time, and divided by time it is how many were open.

alter table edge_bucket_10s add column connection_seconds bigint;
alter table edge_bucket_1m add column connection_seconds bigint;
alter table edge_bucket_5m add column connection_seconds bigint;
alter table edge_bucket_15m add column connection_seconds bigint;
alter table edge_bucket_1h add column connection_seconds bigint;
alter table edge_bucket_6h add column connection_seconds bigint;
alter table edge_bucket_1d add column connection_seconds bigint;
alter table edge_bucket_5d add column connection_seconds bigint;
alter table recording_bucket add column connection_seconds bigint;

-- A source that came late told of less than the others; its sums are of a shorter time. Of those that are
-- there already nobody knows when they came.
alter table source add column first_event_at timestamptz;
update source set first_event_at = 'epoch' where last_event_at is not null;
