-- Who did what when through Oriel, and what was refused. Accounts may go; who it was stays as it was then.
create table audit_event (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  -- null: nobody known, or Oriel itself.
  account_id integer,
  account_name text not null,
  means text not null check (means in ('session', 'token', 'local', 'system')),
  -- Of the session or token.
  means_id integer,
  action text not null,
  target text not null,
  -- '' where it is nowhere in particular.
  cluster text not null,
  namespace text not null,
  before jsonb,
  after jsonb,
  -- What was left out of the two, each with its place.
  cut text[] not null,
  result text not null check (result in ('done', 'refused', 'failed')),
  reason text not null,
  request_id text,
  address text not null,
  agent text not null,
  -- How many alike it stands for.
  count integer not null check (count > 0)
);
create index on audit_event (at, id);
create index on audit_event (account_id, at);
create index on audit_event (action, at);
create index on audit_event (request_id) where request_id is not null;

-- The audit lists changes of policies beside its own events, by time and by request.
create index on policy_change (intended_at, id);
create index on policy_plan (request_id);

-- Nothing of it is taken back. Only what is past its retention is forgotten, by the function below and in no other way.
create function audit_event_stays() returns trigger language plpgsql as $$
declare
  called_by text;
begin
  get diagnostics called_by = pg_context;
  if tg_op = 'DELETE' and position('function prune_audit_event(' in called_by) > 0 then
    return old;
  end if;
  raise exception 'the audit is append-only';
end $$;
create trigger stays before update or delete on audit_event for each row execute function audit_event_stays();
create trigger stays_whole before truncate on audit_event for each statement execute function audit_event_stays();

-- Forgets what is older than a moment; returns how many. Settings allow no less than a week; a day is left for clocks that differ.
create function prune_audit_event(before timestamptz) returns bigint language plpgsql as $$
declare
  gone bigint;
begin
  if before > clock_timestamp() - interval '6 days' then
    raise exception 'the audit is kept for at least six days';
  end if;
  delete from audit_event where at < prune_audit_event.before;
  get diagnostics gone = row_count;
  return gone;
end $$;
