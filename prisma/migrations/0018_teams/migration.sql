-- Teams that administrators made. Those of the configuration file stand beside them and are in no table.
-- `namespaces`: a list of rules as core/access/team.ts says. `version` counts changes: who changes an older one is told.
create table team (
  id integer generated always as identity primary key,
  name text not null,
  namespaces jsonb not null,
  viewers text[] not null,
  editors text[] not null,
  version integer not null default 1,
  changed_at timestamptz not null default now(),
  changed_by text not null
);
create unique index team_name on team (lower(name));

-- Groups that have a role everywhere, besides those of the configuration file.
create table grant_everywhere (
  role text primary key check (role in ('viewer', 'editor', 'admin')),
  groups text[] not null,
  version integer not null default 1,
  changed_at timestamptz not null default now(),
  changed_by text not null
);
