-- The secret addresses under which somebody's own calendar reads the dates of a post of theirs. 256 random bits, so a plain digest of them tells nothing.
create table exchange.calendar_feed (
  person     uuid not null references directory.person (id),
  post       uuid not null references directory.post (id),
  digest     bytea not null unique check (octet_length(digest) = 32),
  created_at timestamptz not null,
  primary key (person, post)
);
comment on table exchange.calendar_feed is 'class: staff. Addresses of calendar feeds as SHA-256, one for each person and post; read by its owner and, by the digest, by the program itself.';
alter table exchange.calendar_feed enable row level security;
create policy own on exchange.calendar_feed for all to heshi_app
  using (current_setting('app.kind', true) = 'machine' or current_setting('app.kind', true) = 'staff' and person = nullif(current_setting('app.person', true), '')::uuid)
  with check (current_setting('app.kind', true) = 'staff' and person = nullif(current_setting('app.person', true), '')::uuid
    and post = nullif(current_setting('app.post', true), '')::uuid);
grant select, insert, update, delete on exchange.calendar_feed to heshi_app;
