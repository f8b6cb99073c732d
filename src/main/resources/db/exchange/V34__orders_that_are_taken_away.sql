-- A program is told when an order of its unit is given to another one.
alter table exchange.order_result
  drop constraint order_result_what_check,
  add constraint order_result_what_check check (what in ('result', 'status', 'assigned', 'ended')),
  add column ends uuid,
  add check ((ends is not null) = (what = 'ended'));
comment on column exchange.order_result.ends is 'the order that was taken away; told only where the program took that';
-- What waits for anybody, by the round that looks for what never can be told.
create index order_result_waits on exchange.order_result (position, what, client) where taken_at is null and dead_at is null and until is null;
