-- What people changed of policies through the console: a plan is what was sent together, a change is one object of it.
-- A change is written down before it is sent and completed after; what is found open at a start is looked after.
create table policy_plan (
  id integer generated always as identity primary key,
  cluster text not null,
  made_by text not null,
  -- As whom the API server was asked: {user, groups}; null: as the account of the console's own kubeconfig.
  acted_as jsonb,
  asked_from text not null,
  request_id text not null,
  reason text not null,
  draft_id integer,
  undo_of integer,
  -- What it was said to do to recorded traffic: [{edge, becomes}].
  expected jsonb not null default '[]',
  made_at timestamptz not null default clock_timestamp()
);

create table policy_change (
  id integer generated always as identity primary key,
  plan_id integer not null references policy_plan,
  api_version text not null,
  api_group text not null,
  kind text not null,
  -- '' where the kind has none.
  namespace text not null,
  name text not null,
  change text not null check (change in ('create', 'update', 'delete')),
  -- Manifests: as it was, and as it was to be; once applied, as the API server keeps it.
  before jsonb,
  after jsonb,
  fields text[] not null,
  took_over text[] not null default '{}',
  overrode jsonb,
  state text not null default 'intended' check (state in ('intended', 'applied', 'failed', 'unknown')),
  error text not null default '',
  warnings text[] not null default '{}',
  uid text,
  resource_version text,
  intended_at timestamptz not null default clock_timestamp(),
  completed_at timestamptz
);
create index on policy_change (plan_id);
create index on policy_change (kind, namespace, name, id);
create index on policy_change (id) where state = 'intended';
create index on policy_plan (undo_of) where undo_of is not null;

-- Nothing of it is taken back: a row is completed once, and never deleted.
create function policy_change_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'policy_change' then
    if old.state = 'intended' and new.state <> 'intended'
      and (new.id, new.plan_id, new.api_version, new.api_group, new.kind, new.namespace, new.name, new.change, new.before, new.intended_at)
        is not distinct from
        (old.id, old.plan_id, old.api_version, old.api_group, old.kind, old.namespace, old.name, old.change, old.before, old.intended_at)
    then
      return new;
    end if;
  end if;
  raise exception 'the audit of policy changes is append-only';
end $$;
create trigger stays before update or delete on policy_change for each row execute function policy_change_stays();
create trigger stays before update or delete on policy_plan for each row execute function policy_change_stays();
create trigger stays_whole before truncate on policy_change for each statement execute function policy_change_stays();
create trigger stays_whole before truncate on policy_plan for each statement execute function policy_change_stays();
