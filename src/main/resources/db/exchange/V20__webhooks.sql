-- Where other programs want to be told of what happens (Standard Webhooks), and what is told to each. No word of anybody is in it.
grant usage on schema exchange to heshi_follower;

create table exchange.endpoint (
  id            uuid primary key,
  client        uuid not null references identity.api_client (id),
  what          text collate "C" not null check (what in ('events', 'orders')),
  url           text not null check (char_length(url) between 9 and 500),
  events        text[] not null check (cardinality(events) > 0),
  eyes          text collate "C" not null check (eyes in ('reported', 'unit')),
  key           uuid not null,
  secret        bytea,
  former        bytea,
  former_until  timestamptz,
  state         text collate "C" not null check (state in ('active', 'paused', 'disabled', 'ended')),
  why           text collate "C" check (why in ('gone', 'failing')),
  failures      int not null default 0 check (failures >= 0),
  failing_since timestamptz,
  rest_until    timestamptz,
  created_at    timestamptz not null,
  check ((state = 'disabled') = (why is not null)),
  check ((state = 'ended') = (secret is null)),
  check ((former is null) = (former_until is null))
);
comment on table exchange.endpoint is 'class: staff. Addresses of other programs that are told of events, with their sealed secrets; read by the program itself only.';
comment on column exchange.endpoint.what is 'events of matters, or results of orders';
comment on column exchange.endpoint.eyes is 'told of what the program reported only, or of what its unit holds as well';
comment on column exchange.endpoint.key is 'of the key store, under which the secrets are sealed; destroyed with the end';
create index endpoint_client on exchange.endpoint (client);

create table exchange.endpoint_event (
  id       uuid primary key,
  endpoint uuid not null references exchange.endpoint (id),
  at       timestamptz not null,
  what     text collate "C" not null check (what ~ '^[a-z-]{3,40}$'),
  actor    uuid references directory.person (id)
);
comment on table exchange.endpoint_event is 'class: staff. What was done with an address that is told of events, and by which administrator; shown on its page.';
create index endpoint_event_of on exchange.endpoint_event (endpoint, id desc);
create index endpoint_event_actor on exchange.endpoint_event (actor);

create table exchange.delivery (
  id           uuid primary key,
  endpoint     uuid not null references exchange.endpoint (id),
  type         text collate "C" not null check (type ~ '^[a-z_]+[.][a-z_]+$'),
  matter       uuid references matters.matter (id),
  position     bigint not null check (position >= 0),
  seq          int not null default 0,
  number       text collate "C" not null default '' check (number ~ '^([0-9]{13})?$'),
  kind         text collate "C" not null default '',
  action       text collate "C" not null default '',
  from_state   text collate "C",
  to_state     text collate "C" not null default '',
  at           timestamptz not null,
  state        text collate "C" not null check (state in ('waiting', 'sent', 'dead', 'dropped')),
  attempts     int not null default 0 check (attempts >= 0),
  due_at       timestamptz not null,
  leased_until timestamptz,
  status       int,
  failure      text collate "C" check (failure ~ '^[a-z-]{2,40}$'),
  ended_at     timestamptz,
  check ((state = 'waiting') = (ended_at is null)),
  check ((matter is null) = (position = 0))
) with (fillfactor = 80);
comment on table exchange.delivery is 'class: owned. What a program is told of which entry, how often that was tried and how it went; sent by the program itself only.';
comment on column exchange.delivery.id is 'the webhook-id, the same at every attempt';
comment on column exchange.delivery.leased_until is 'until when one process sends it; after that another one does';
create unique index delivery_once on exchange.delivery (endpoint, position, type) where position > 0;
create index delivery_due on exchange.delivery (endpoint, due_at, position) where state = 'waiting';
create index delivery_order on exchange.delivery (endpoint, matter, position) where state = 'waiting';
create index delivery_last on exchange.delivery (endpoint, id desc);
create index delivery_dead on exchange.delivery (endpoint, id desc) where state = 'dead';
create index delivery_ended on exchange.delivery (ended_at);
create index delivery_matter on exchange.delivery (matter);

alter table exchange.endpoint enable row level security;
alter table exchange.endpoint_event enable row level security;
alter table exchange.delivery enable row level security;
create policy program on exchange.endpoint for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on exchange.endpoint_event for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on exchange.delivery for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy follow on exchange.endpoint for select to heshi_follower using (true);
create policy follow on exchange.delivery for all to heshi_follower using (true) with check (true);
grant select, insert, update on exchange.endpoint to heshi_app;
grant select, insert, delete on exchange.endpoint_event to heshi_app;
grant select, insert, update, delete on exchange.delivery to heshi_app;
grant select on exchange.endpoint to heshi_follower;
grant select, insert on exchange.delivery to heshi_follower;

-- Orders of other systems: by which number a program knows a matter, and what was handed back of it.
create table exchange.order_in (
  client   uuid not null references identity.api_client (id),
  number   text collate "C" not null check (number ~ '^[A-Za-z0-9-]{1,40}$'),
  mapping  text collate "C" not null check (mapping ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  matter   uuid not null references matters.matter (id),
  at       timestamptz not null,
  primary key (client, number)
);
comment on table exchange.order_in is 'class: owned. Which order of which program became which matter; the order is in the matter.';
create index order_in_matter on exchange.order_in (matter);

create table exchange.order_result (
  id       uuid primary key,
  client   uuid not null references identity.api_client (id),
  number   text collate "C" not null,
  mapping  text collate "C" not null,
  matter   uuid not null references matters.matter (id),
  seq      int not null check (seq >= 1),
  position bigint not null unique check (position > 0),
  state    text collate "C" not null,
  at       timestamptz not null,
  taken_at timestamptz,
  how      text collate "C" check (how in ('pushed', 'pulled')),
  check ((taken_at is null) = (how is null))
);
comment on table exchange.order_result is 'class: owned. What was handed back of an order, and when its program took it; the words are in the matter.';
create index order_result_open on exchange.order_result (client, position) where taken_at is null;
create index order_result_matter on exchange.order_result (matter);

alter table exchange.order_in enable row level security;
alter table exchange.order_result enable row level security;
create policy program on exchange.order_in for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy program on exchange.order_result for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy follow on exchange.order_in for select to heshi_follower using (true);
create policy follow on exchange.order_result for all to heshi_follower using (true) with check (true);
grant select, insert, delete on exchange.order_in to heshi_app;
grant select, insert, update, delete on exchange.order_result to heshi_app;
grant select on exchange.order_in to heshi_follower;
grant select, insert on exchange.order_result to heshi_follower;
