-- What anybody may read of public matters is a row of every public matter and one of each of its steps: short keys in place of uuids and words, columns by
-- how they are aligned, indexes in the order in which rows come (a page that only grows at its end stays full; read backwards it gives the newest first).
create table exchange.public_state (
  id    smallint generated always as identity primary key,
  kind  text collate "C" not null,
  state text collate "C" not null,
  unique (kind, state)
);
comment on table exchange.public_state is 'class: public. States of public kinds in which a matter ever stood, by short numbers.';
insert into exchange.public_state (kind, state)
  select kind, state from exchange.public_request union select kind, state from exchange.public_update order by kind, state;
grant select on exchange.public_state to heshi_app;
grant select, insert on exchange.public_state to heshi_follower;

alter table exchange.public_update rename to public_update_before;
alter table exchange.public_request rename to public_request_before;

create table exchange.public_request (
  requested_at timestamptz not null,
  updated_at   timestamptz not null,
  expected_at  timestamptz,
  number       bigint not null check (number between 0 and 9999999999999),
  matter       uuid not null references matters.matter (id),
  agency       uuid,
  id           int generated always as identity constraint public_request_id primary key,
  stands       smallint not null references exchange.public_state (id),
  closed       boolean not null,
  category     text collate "C" not null,
  village      text collate "C" not null check (village ~ '^[0-9]{2,12}$'),
  outcome      text collate "C"
) with (fillfactor = 90);
comment on table exchange.public_request is 'class: public. Matters of public kinds that no unit and no post is kept from: category, village, state and times. No word of anybody.';
comment on column exchange.public_request.number is 'the number of the matter without its leading zeros';
insert into exchange.public_request (requested_at, updated_at, expected_at, number, matter, agency, stands, closed, category, village, outcome)
  select r.requested_at, r.updated_at, r.expected_at, r.number::bigint, r.matter, r.agency, s.id, r.closed, r.category, r.village, r.outcome
  from exchange.public_request_before r join exchange.public_state s on s.kind = r.kind and s.state = r.state order by r.requested_at, r.matter;
create unique index public_request_of_matter on exchange.public_request (matter);
create unique index public_request_of_number on exchange.public_request (number);
-- not those that are open: closing a matter then changes no index
create index public_request_by_time on exchange.public_request (requested_at);
create index public_request_by_category on exchange.public_request (category, requested_at);
grant select on exchange.public_request to heshi_app;
grant select, insert, update, delete on exchange.public_request to heshi_follower;

create table exchange.public_update (
  at      timestamptz not null,
  request int not null,
  seq     smallint not null check (seq >= 1),
  stands  smallint not null references exchange.public_state (id),
  constraint public_update_by_time primary key (at, request, seq)
);
comment on table exchange.public_update is 'class: public. When a matter of a public kind came into which state.';
comment on column exchange.public_update.request is 'public_request.id; those of one lie between its requested_at and updated_at, and go with it';
insert into exchange.public_update (at, request, seq, stands)
  select u.at, r.id, u.seq, s.id from exchange.public_update_before u join exchange.public_request r on r.matter = u.matter
    join exchange.public_state s on s.kind = u.kind and s.state = u.state where u.seq <= 32767 order by u.at, r.id, u.seq;
grant select on exchange.public_update to heshi_app;
grant select, insert, update, delete on exchange.public_update to heshi_follower;

drop table exchange.public_update_before;
drop table exchange.public_request_before;
