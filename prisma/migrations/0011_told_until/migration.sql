-- Up to when a source has told everything although nothing happened: its peers are connected and silent.
alter table source add column told_until timestamptz;
