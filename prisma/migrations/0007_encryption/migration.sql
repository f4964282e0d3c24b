-- The way between the nodes of both ends at the time; what was counted before it was kept is unknown.
alter table facet add column hop text not null default 'unknown';
alter table facet drop constraint facet_source_reporter_verdict_reason_l7_encryption_key;
alter table facet add unique (source, reporter, verdict, reason, l7, encryption, hop);

-- WireGuard peers as a node reads them: of each hour the newest reading. handshake_at null: never.
create table tunnel_reading (
  cluster text not null,
  node text not null,
  peer_key text not null,
  hour timestamptz not null,
  handshake_at timestamptz,
  read_at timestamptz not null,
  primary key (cluster, node, peer_key, hour)
);
create index on tunnel_reading (hour);

-- Certificates of meshes: each issue once. Never a key.
create table certificate (
  cluster text not null,
  mesh text not null,
  level text not null,
  namespace text not null,
  subject text not null,
  not_before timestamptz,
  not_after timestamptz not null,
  first_read_at timestamptz not null,
  read_at timestamptz not null,
  primary key (cluster, mesh, level, namespace, subject, not_after)
);
create index on certificate (read_at);
