-- What waits for a program is looked at again after a pause that grows, or when its matter changed.
alter table exchange.order_result
  add column look_at timestamptz not null default '-infinity',
  add column looks   int not null default 0 check (looks between 0 and 30);
comment on column exchange.order_result.look_at is 'when it is to be looked at again whether it ever can be told';
comment on column exchange.order_result.looks is 'how often it was since its matter changed';
drop index exchange.order_result_waits;
create index order_result_looks on exchange.order_result (look_at) where taken_at is null and dead_at is null and until is null;
grant update (look_at, looks) on exchange.order_result to heshi_follower;
