-- Edits of policies that somebody keeps before they are applied. A save names the version that it is of.
create table policy_draft (
  id integer generated always as identity primary key,
  name text not null unique,
  cluster text not null,
  version integer not null default 1,
  -- {objects, openedFrom, period, tests}
  content jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_by text not null,
  updated_at timestamptz not null default now()
);

create table policy_draft_comment (
  id integer generated always as identity primary key,
  draft_id integer not null references policy_draft on delete cascade,
  made_by text not null,
  made_at timestamptz not null default now(),
  -- `group/kind/namespace/name` of the object that it is about; '': the whole draft.
  object text not null,
  text text not null
);
create index on policy_draft_comment (draft_id);
