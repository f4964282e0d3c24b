-- Places in the console that somebody named: a path with its query. At most one is where the console opens.
create table saved_view (
  id integer generated always as identity primary key,
  name text not null unique,
  path text not null,
  pinned boolean not null default false,
  created_at timestamptz not null default now()
);
create unique index on saved_view (pinned) where pinned;
