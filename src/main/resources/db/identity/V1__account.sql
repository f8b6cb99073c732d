-- Accounts of staff and their sessions. Persons are the directory's; a resident has no account.

grant usage on schema identity to heshi_app;

create table identity.account (
  person          uuid primary key references directory.person (id),
  name            text collate "C" not null unique check (name = lower(name) and char_length(name) between 2 and 64),
  password        text check (password like '$argon2id$%'),
  last_post       uuid,
  created_at      timestamptz not null,
  password_set_at timestamptz,
  ended_at        timestamptz,
  check ((password is null) = (password_set_at is null))
);
comment on table identity.account is 'class: staff. Sign-in names and passwords (Argon2id) of staff; read by the program itself only.';

create table identity.first_link (
  id         bytea primary key check (octet_length(id) = 32),
  person     uuid not null references identity.account (person),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  check (created_at < expires_at)
);
comment on table identity.first_link is 'class: staff. One-time links to set a password, as SHA-256; single use, 48 hours.';
create index first_link_person on identity.first_link (person);

create table identity.session (
  id           bytea primary key check (octet_length(id) = 32),
  person       uuid,
  created_at   timestamptz not null,
  seen_at      timestamptz not null,
  idle_seconds integer not null check (idle_seconds > 0),
  attributes   bytea not null check (octet_length(attributes) <= 262144)
);
comment on table identity.session is 'class: staff. Running visits of staff and residents, found by the SHA-256 of the cookie; erased when they end.';
create index session_person on identity.session (person) where person is not null;
create index session_seen on identity.session (seen_at);

alter table identity.account enable row level security;
alter table identity.first_link enable row level security;
alter table identity.session enable row level security;

create policy program on identity.account for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.first_link for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.session for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, update on identity.account, identity.first_link to heshi_app;
grant select, insert, update, delete on identity.session to heshi_app;

-- Every request asks for its session before anybody acts: one statement, one row, found only by who has the cookie.
create function identity.open_session(p_id bytea, p_now timestamptz)
returns table (created_at timestamptz, seen_at timestamptz, idle_seconds integer, attributes bytea)
language sql stable security definer rows 1 set search_path = pg_catalog
as $$
  select s.created_at, s.seen_at, s.idle_seconds, s.attributes
    from identity.session s
   where s.id = p_id
     and s.seen_at + s.idle_seconds * interval '1 second' > p_now
     and s.created_at > p_now - interval '12 hours'
$$;

create function identity.touch_session(p_id bytea, p_seen timestamptz) returns void
language sql security definer set search_path = pg_catalog
as $$ update identity.session set seen_at = p_seen where id = p_id and seen_at < p_seen $$;

revoke execute on function identity.open_session(bytea, timestamptz), identity.touch_session(bytea, timestamptz) from public;
grant execute on function identity.open_session(bytea, timestamptz), identity.touch_session(bytea, timestamptz) to heshi_app;
