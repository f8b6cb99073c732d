grant usage on schema exchange to heshi_follower;

-- Which categories the county offers to other programs by Open311, and what it asks of whoever reports one.
create table exchange.service (
  category    text collate "C" primary key references directory.category (code),
  type        text collate "C" not null default 'realtime' check (type in ('realtime', 'batch')),
  description text not null default '' check (char_length(description) <= 400),
  keywords    text not null default '' check (char_length(keywords) <= 200)
);
comment on table exchange.service is 'class: public. Categories that are offered as services of Open311; one that is taken away shows none of its matters any more.';
grant select, insert, update, delete on exchange.service to heshi_app;
alter table exchange.service enable row level security;
create policy read on exchange.service for select to heshi_app using (true);
create policy edit on exchange.service for all to heshi_app using (directory.may_edit()) with check (directory.may_edit());

create table exchange.service_attribute (
  category      text collate "C" not null references exchange.service (category) on delete cascade,
  code          text collate "C" not null check (code ~ '^[A-Za-z0-9_-]{1,40}$'),
  ordinal       smallint not null check (ordinal between 1 and 99),
  variable      boolean not null,
  datatype      text collate "C" not null check (datatype in ('string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist')),
  required      boolean not null,
  help          text not null default '' check (char_length(help) <= 200),
  description   text not null check (char_length(description) between 1 and 400),
  keys          text[] not null default '{}',
  names         text[] not null default '{}',
  primary key (category, code),
  unique (category, ordinal),
  check (cardinality(keys) = cardinality(names) and cardinality(keys) <= 60),
  check ((datatype in ('singlevaluelist', 'multivaluelist')) = (cardinality(keys) > 0)),
  check (variable or not required)
);
comment on table exchange.service_attribute is 'class: public. What is asked of whoever reports a service of Open311, in order; the answers stand in the matter''s description and nowhere here.';
grant select, insert, update, delete on exchange.service_attribute to heshi_app;
alter table exchange.service_attribute enable row level security;
create policy read on exchange.service_attribute for select to heshi_app using (true);
create policy edit on exchange.service_attribute for all to heshi_app using (directory.may_edit()) with check (directory.may_edit());

create table exchange.catalogue (
  one        boolean primary key default true check (one),
  changed_at timestamptz not null
);
comment on table exchange.catalogue is 'class: public. When the services were changed last, so that other programs know when to read them again.';
insert into exchange.catalogue (changed_at) values (now());
grant select, update on exchange.catalogue to heshi_app;
alter table exchange.catalogue enable row level security;
create policy read on exchange.catalogue for select to heshi_app using (true);
create policy edit on exchange.catalogue for update to heshi_app using (directory.may_edit()) with check (directory.may_edit());

-- To begin with: what is broken, dirty or missing in a place. Nothing between people, nothing about offices, nothing about somebody's own affairs.
insert into exchange.service (category)
  select code from directory.category where code ~ '^(0202|0203|03|14)' and char_length(code) = 6 and ended_at is null;

-- What anybody may read of a matter of a public kind, kept by a follower of the log: codes, a village, times. A query of the public touches nothing else.
create table exchange.public_request (
  matter       uuid primary key references matters.matter (id),
  number       text collate "C" not null unique check (number ~ '^[0-9]{13}$'),
  kind         text collate "C" not null,
  state        text collate "C" not null,
  closed       boolean not null,
  outcome      text collate "C",
  category     text collate "C" not null,
  village      text collate "C" not null check (village ~ '^[0-9]{2,12}$'),
  agency       uuid,
  requested_at timestamptz not null,
  updated_at   timestamptz not null,
  expected_at  timestamptz
);
comment on table exchange.public_request is 'class: public. Matters of public kinds that no unit and no post is kept from: category, village, state and times. No word of anybody.';
create index public_request_newest on exchange.public_request (requested_at desc, matter desc);
create index public_request_category on exchange.public_request (category, requested_at desc, matter desc);
create index public_request_open on exchange.public_request (requested_at desc, matter desc) where not closed;
grant select on exchange.public_request to heshi_app;
grant select, insert, update, delete on exchange.public_request to heshi_follower;

create table exchange.public_update (
  matter  uuid not null references exchange.public_request (matter) on delete cascade,
  seq     int not null check (seq >= 1),
  at      timestamptz not null,
  kind    text collate "C" not null,
  state   text collate "C" not null,
  primary key (matter, seq)
);
comment on table exchange.public_update is 'class: public. When a matter of a public kind came into which state.';
create index public_update_newest on exchange.public_update (at desc, matter desc, seq desc);
grant select on exchange.public_update to heshi_app;
grant select, insert, update, delete on exchange.public_update to heshi_follower;

-- What came in by Open311, for the program that sent it: which service it named, and the token by which it asks for the number.
create table exchange.sent_request (
  matter   uuid primary key references matters.matter (id),
  client   uuid not null references identity.api_client (id),
  number   text collate "C" not null check (number ~ '^[0-9]{13}$'),
  category text collate "C" not null,
  sent_at  timestamptz not null,
  token    bytea unique check (octet_length(token) = 32),
  unique (client, number)
);
comment on table exchange.sent_request is 'class: owned. Which program sent which matter by Open311, for which service; the token is kept as its digest.';
alter table exchange.sent_request enable row level security;
create policy program on exchange.sent_request for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
grant select, insert on exchange.sent_request to heshi_app;
