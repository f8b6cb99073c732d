-- A key that a program made for a request goes with that request only. Of what was sent a keyed digest is kept, no word of it.
create table matters.client_request (
  client uuid not null references identity.api_client (id),
  key    bytea not null check (octet_length(key) = 32),
  body   bytea not null check (octet_length(body) = 32),
  at     timestamptz not null,
  primary key (client, key)
);
comment on table matters.client_request is 'class: owned. Which request of a program a key was made for, as digests under a key outside the database; shown to that program alone, gone after a week.';
create index client_request_at on matters.client_request (at);
alter table matters.client_request enable row level security;
-- a program acts as itself, or in its post as the one who holds it
create policy own on matters.client_request for all to heshi_app
  using (current_setting('app.kind', true) = 'machine'
      or current_setting('app.kind', true) = 'client' and client = nullif(current_setting('app.post', true), '')::uuid
      or current_setting('app.kind', true) = 'staff' and client = nullif(current_setting('app.person', true), '')::uuid)
  with check (current_setting('app.kind', true) = 'client' and client = nullif(current_setting('app.post', true), '')::uuid
      or current_setting('app.kind', true) = 'staff' and client = nullif(current_setting('app.person', true), '')::uuid);
grant select, insert, delete on matters.client_request to heshi_app;
