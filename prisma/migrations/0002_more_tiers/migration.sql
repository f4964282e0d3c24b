-- Two more tiers, so that a window is answered from about ten buckets of an edge instead of twenty or thirty.

create table edge_bucket_15m (like edge_bucket_10s including all) partition by range (bucket);
create table edge_bucket_5d (like edge_bucket_10s including all) partition by range (bucket);

-- They are filled from what the tier before each of them has.
insert into rollup_due (tier, bucket) select distinct '5m', bucket from edge_bucket_5m on conflict do nothing;
insert into rollup_due (tier, bucket) select distinct '1d', bucket from edge_bucket_1d on conflict do nothing;
