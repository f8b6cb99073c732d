-- What waits to be taken by a program that speaks of orders: results, where an order stands, and orders of ours to its own unit.
alter table exchange.order_result
  add column what  text collate "C" not null default 'result' check (what in ('result', 'status', 'assigned')),
  add column until timestamptz,
  add column dead_at timestamptz,
  add column why   text collate "C" check (why ~ '^[a-z-]{2,40}$'),
  add check ((dead_at is null) = (why is null)),
  drop constraint order_result_position_key,
  add unique (position, what, client);
alter table exchange.order_result alter column what drop default;
comment on table exchange.order_result is
  'class: owned. What waits for a program that speaks of orders, and when it took it: results and states of its orders, and orders that were assigned to its unit. The words are in the matter.';
comment on column exchange.order_result.until is 'of an order to its unit: when that unit led it no more';
comment on column exchange.order_result.dead_at is 'it could not be written in the other side''s shape, and is passed over until somebody asks for it again';
drop index exchange.order_result_open;
create index order_result_open on exchange.order_result (client, mapping, what, position) where taken_at is null and dead_at is null;
create index order_result_dead on exchange.order_result (client, mapping, what, position) where dead_at is not null;
create unique index order_assigned_once on exchange.order_result (client, matter) where what = 'assigned' and until is null;
grant update (until) on exchange.order_result to heshi_follower;

-- Which program takes the orders of its unit, and in which shape.
create table exchange.order_connection (
  client  uuid primary key references identity.api_client (id),
  mapping text collate "C" not null check (mapping ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  at      timestamptz not null
);
comment on table exchange.order_connection is 'class: staff. Which program is handed what is assigned to its unit, by which mapping; kept by the program itself.';
alter table exchange.order_connection enable row level security;
create policy program on exchange.order_connection for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
create policy follow on exchange.order_connection for select to heshi_follower using (true);
grant select, insert, update, delete on exchange.order_connection to heshi_app;
grant select on exchange.order_connection to heshi_follower;
