-- A second factor beside the password, recovery codes, what was done with an account, and visits that their owner can tell apart.

create table identity.second_factor (
  person       uuid primary key references identity.account (person),
  secret       bytea check (octet_length(secret) between 29 and 128),
  confirmed_at timestamptz,
  last_step    bigint not null default 0,
  pending      bytea check (octet_length(pending) between 29 and 128),
  pending_at   timestamptz,
  check ((secret is null) = (confirmed_at is null)),
  check ((pending is null) = (pending_at is null))
);
comment on table identity.second_factor is 'class: staff. Secrets of one-time codes (RFC 6238), encrypted under a key outside the database, and the last step used; read by the program itself only.';

create table identity.recovery_code (
  person  uuid not null references identity.account (person),
  digest  bytea not null check (octet_length(digest) = 32),
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (person, digest)
);
comment on table identity.recovery_code is 'class: staff. Recovery codes as HMAC-SHA-256 under a key outside the database; each opens once.';

create table identity.account_event (
  id     uuid primary key,
  person uuid not null references identity.account (person),
  at     timestamptz not null,
  what   text collate "C" not null check (what ~ '^[a-z-]{3,40}$'),
  actor  uuid references identity.account (person)
);
comment on table identity.account_event is 'class: staff. What was done with the means to sign in of an account and by whom (none: a command on the server); shown to its owner.';
create index account_event_person on identity.account_event (person, at desc);

alter table identity.second_factor enable row level security;
alter table identity.recovery_code enable row level security;
alter table identity.account_event enable row level security;
create policy program on identity.second_factor for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.recovery_code for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on identity.account_event for all
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, update, delete on identity.second_factor, identity.recovery_code to heshi_app;
grant select, insert on identity.account_event to heshi_app;

-- Told to its owner as a kind of browser; no address is kept. A sign-in of which the second step is missing belongs to its person, but opens nothing.
alter table identity.session
  add column visit   uuid not null default uuidv7() unique,
  add column browser text collate "C" not null default '' check (browser ~ '^[a-z/]{0,40}$'),
  add column half    boolean not null default false;
