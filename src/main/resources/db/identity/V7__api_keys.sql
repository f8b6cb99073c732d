-- Keys that a program sends as they are, for systems that cannot ask for tokens. 256 random bits, so a plain digest of them tells nothing.

create table identity.api_key (
  client     uuid not null references identity.api_client (id),
  slot       smallint not null check (slot in (1, 2)),
  digest     bytea not null unique check (octet_length(digest) = 32),
  scopes     text[] not null check (cardinality(scopes) > 0 and scopes <@ array['report', 'follow', 'act', 'search', 'figures', 'exchange']),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (client, slot),
  check (created_at < expires_at)
);
comment on table identity.api_key is 'class: staff. Keys of programs as SHA-256, two at most for each, what each is for, and when it was last used, to the hour.';

alter table identity.api_key enable row level security;
create policy program on identity.api_key for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, update, delete on identity.api_key to heshi_app;
