-- Programs that act for a unit (OAuth 2.0, client credentials). Secrets are 256 random bits, so a plain digest of them tells nothing.

create table identity.api_client (
  id         uuid primary key,
  name       text not null check (char_length(name) between 1 and 60),
  unit       uuid not null references directory.unit (id),
  scopes     text[] not null check (cardinality(scopes) > 0 and scopes <@ array['report', 'follow', 'act', 'search', 'figures', 'exchange']),
  created_at timestamptz not null,
  ended_at   timestamptz
);
comment on table identity.api_client is 'class: staff. Programs that may ask for tokens, for which unit and what; read by the program itself only.';
create index api_client_unit on identity.api_client (unit);

create table identity.api_secret (
  client     uuid not null references identity.api_client (id),
  slot       smallint not null check (slot in (1, 2)),
  digest     bytea not null unique check (octet_length(digest) = 32),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (client, slot),
  check (created_at < expires_at)
);
comment on table identity.api_secret is 'class: staff. Secrets of programs as SHA-256, two at most for each; when each was last used, to the hour.';

create table identity.api_token (
  id         bytea primary key check (octet_length(id) = 32),
  client     uuid not null references identity.api_client (id),
  scopes     text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table identity.api_token is 'class: staff. Tokens of programs as SHA-256, a quarter of an hour each.';
create index api_token_client on identity.api_token (client);
create index api_token_expires on identity.api_token (expires_at);

create table identity.client_event (
  id     uuid primary key,
  client uuid not null references identity.api_client (id),
  at     timestamptz not null,
  what   text collate "C" not null check (what ~ '^[a-z-]{3,40}$'),
  actor  uuid references directory.person (id)
);
comment on table identity.client_event is 'class: staff. What was done with a program''s right to ask, and by which administrator; shown on its page.';
create index client_event_client on identity.client_event (client, at desc);
create index client_event_at on identity.client_event (at);

alter table identity.api_client enable row level security;
alter table identity.api_secret enable row level security;
alter table identity.api_token enable row level security;
alter table identity.client_event enable row level security;
create policy program on identity.api_client for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.api_secret for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.api_token for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.client_event for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, update on identity.api_client to heshi_app;
grant select, insert, update, delete on identity.api_secret to heshi_app;
grant select, insert, delete on identity.api_token to heshi_app;
grant select, insert, delete on identity.client_event to heshi_app;
