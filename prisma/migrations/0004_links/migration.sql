-- Shared links. The address holds a token of which only the hash is kept. A live link is a place in the
-- console; a frozen one also keeps the answers that the place showed, whatever the retention.
create table link (
  id integer generated always as identity primary key,
  token_hash bytea not null unique,
  title text not null,
  path text not null,
  frozen boolean not null,
  from_time timestamptz,
  to_time timestamptz,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  bytes bigint not null default 0
);
create index on link (expires_at);

-- `question` is the hash of what was asked but for the time, which is in milliseconds (0: none).
create table frozen_answer (
  link_id integer not null references link on delete cascade,
  question bytea not null,
  from_ms bigint not null,
  to_ms bigint not null,
  body bytea not null,
  primary key (link_id, question, from_ms, to_ms)
);
-- The body is gzip already.
alter table frozen_answer alter column body set storage external;
