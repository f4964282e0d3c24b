-- Plaintext that somebody accepts: which edges (a filter), who answers for it, why and until when.
create table encryption_exception (
  id integer generated always as identity primary key,
  filter text not null,
  owner text not null,
  reason text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
