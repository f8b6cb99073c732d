-- As V89 for what a unit holds or held.
drop index matters.holding_unit;
alter table matters.holding add column came int not null generated always as (('x' || left(matter::text, 8))::bit(32)::int) stored;
comment on column matters.holding.came is 'as in matters.matter';
create index holding_unit on matters.holding (unit, came) where relation <> 'barred';
