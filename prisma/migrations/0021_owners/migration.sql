-- Whose it is: the account that made it. null: made before there were accounts, so of administrators.
alter table link add column account_id integer;
create index on link (account_id);

-- `shared_with`: '' nobody, '*' everybody, else the name of a team.
alter table saved_view add column account_id integer;
alter table saved_view add column made_by text not null default '';
alter table saved_view add column shared_with text not null default '';
alter table saved_view drop constraint saved_view_name_key;
create unique index on saved_view (coalesce(account_id, 0), name);
-- One that the console opens with for its owner, and one for everybody.
drop index saved_view_pinned_idx;
create unique index on saved_view (coalesce(account_id, 0)) where pinned and shared_with <> '*';
create unique index on saved_view (pinned) where pinned and shared_with = '*';

-- `namespaces`: of all its objects; null where these are not known, or one is of the whole cluster.
alter table policy_draft add column account_id integer;
alter table policy_draft add column namespaces text[];
alter table policy_draft drop constraint policy_draft_name_key;
create unique index on policy_draft (coalesce(account_id, 0), name);
alter table policy_draft_comment add column account_id integer;

alter table encryption_exception add column account_id integer;
