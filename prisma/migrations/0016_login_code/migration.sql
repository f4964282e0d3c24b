-- One-time codes of the local administrator, and whether somebody who logs in by a provider is an administrator by now.

-- `break_glass`: asked for on the machine itself (oriel login-link), so it counts also where local logins are off.
create table login_code (
  code_hash bytea primary key,
  break_glass boolean not null,
  made_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz
);
create index on login_code (ends_at);

-- Since when an account of a provider has had the right to everything: from then on local logins are off.
alter table account add column admin_since timestamptz;
