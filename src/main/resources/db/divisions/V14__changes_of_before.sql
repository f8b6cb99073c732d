-- Lines from before there were changes were each written at a moment of their own, and each became a change: those within a minute of the one before were one.
with alone as (
  select c.id, c.at from divisions.change c
   where c.command = '' and c.ended = 0 and not exists (select from divisions.moved m where m.change = c.id and m.at <> c.at)),
marked as (select id, at, case when at - lag(at) over (order by at, id) <= interval '1 minute' then 0 else 1 end as begins from alone),
numbered as (select id, at, sum(begins) over (order by at, id) as run from marked),
firsts as (select id, first_value(id) over (partition by run order by at, id) as first from numbered)
update divisions.moved m set change = f.first from firsts f where m.change = f.id and f.first <> f.id;
delete from divisions.change c where c.command = '' and not exists (select from divisions.moved m where m.change = c.id);
-- Registers of a place that was split go to the part that keeps its units; where that was said before they followed, they do in the first round.
update divisions.followed set upto = '-infinity';
