-- Who may come in. Every token is kept as its SHA-256 only; what the provider gave is encrypted with a key that is not here.

create table account (
  id integer generated always as identity primary key,
  issuer text not null,
  subject text not null,
  name text not null,
  email text,
  groups text[] not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  unique (issuer, subject)
);

-- `earlier_hash`: the token before the last rotation, which requests under way may still carry until `earlier_until`.
create table session (
  id integer generated always as identity primary key,
  token_hash bytea not null unique,
  earlier_hash bytea unique,
  earlier_until timestamptz,
  account_id integer not null references account on delete cascade,
  provider text,
  provider_session text,
  secrets bytea,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  rotated_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  ends_at timestamptz not null,
  address text not null,
  agent text not null
);
create index on session (account_id);
create index on session (provider_session) where provider_session is not null;
create index on session (ends_at);

-- Logins that were begun here: used once, by the browser that began them.
create table pending_login (
  state_hash bytea primary key,
  browser_hash bytea not null,
  provider text not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  ends_at timestamptz not null
);
create index on pending_login (ends_at);

-- Logout tokens that counted already.
create table logout_notice (
  issuer text not null,
  id text not null,
  ends_at timestamptz not null,
  primary key (issuer, id)
);

create table api_token (
  id integer generated always as identity primary key,
  token_hash bytea not null unique,
  name text not null,
  account_id integer not null references account on delete cascade,
  role text not null,
  teams text[],
  created_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz
);

-- Failures of a name or an address within a stretch of time.
create table login_throttle (
  key text primary key,
  failures integer not null,
  since timestamptz not null
);
