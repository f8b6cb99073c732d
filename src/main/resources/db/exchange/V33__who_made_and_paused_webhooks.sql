-- A program keeps what it made itself; what an administrator made or paused is lifted by administrators alone.
alter table exchange.endpoint
  add column by_program boolean not null default false,
  add column held       boolean not null default false;
comment on column exchange.endpoint.by_program is 'the program made it itself, and is told of what its unit holds only as long as it may read that';
comment on column exchange.endpoint.held is 'an administrator paused it, and only one takes it up again';
update exchange.endpoint e set by_program = true where exists (select from exchange.endpoint_event n where n.endpoint = e.id and n.what = 'made' and n.actor is null);
update exchange.endpoint e set held = true
 where state = 'paused' and (select n.actor from exchange.endpoint_event n where n.endpoint = e.id and n.what = 'paused' order by n.id desc limit 1) is not null;
