-- Accounts of residents: which matters somebody put together by hand. Nobody is looked up by them: what leads to an account is an HMAC of the
-- number or address under a key outside the database, and nothing else of the person is kept.

create table matters.resident_account (
  id           uuid primary key,
  contact      bytea not null unique check (octet_length(contact) = 32),
  made_at      timestamptz not null,
  used_on      date not null,
  ended_before timestamptz
);
comment on table matters.resident_account is 'class: owned. Accounts of residents, as an HMAC of a telephone number or e-mail address; visits begun before ended_before have ended. Erased by their owner, or unused for a year.';
create index resident_account_used on matters.resident_account (used_on);

create table matters.resident_matter (
  account  uuid not null references matters.resident_account (id) on delete cascade,
  matter   uuid not null references matters.matter (id),
  party    smallint not null,
  mark     bytea not null check (octet_length(mark) = 32),
  added_at timestamptz not null,
  primary key (account, matter)
);
comment on table matters.resident_matter is 'class: owned. Matters that a resident added to their account with number and code; worth nothing once the matter has another code.';
create index resident_matter_matter on matters.resident_matter (matter);

create table matters.resident_code (
  ticket     bytea primary key check (octet_length(ticket) = 32),
  contact    bytea not null check (octet_length(contact) = 32),
  code       bytea not null check (octet_length(code) = 32),
  expires_at timestamptz not null,
  tries      smallint not null default 0 check (tries between 0 and 5)
);
comment on table matters.resident_code is 'class: owned. One-time codes that were sent, as HMAC, found by what the browser that asked keeps; ten minutes, five tries.';
create index resident_code_expires on matters.resident_code (expires_at);

alter table matters.resident_account enable row level security;
alter table matters.resident_matter enable row level security;
alter table matters.resident_code enable row level security;
create policy program on matters.resident_account for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on matters.resident_matter for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on matters.resident_code for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert, update, delete on matters.resident_account, matters.resident_code to heshi_app;
grant select, insert, delete on matters.resident_matter to heshi_app;
