-- A matter that somebody must not know of stands in no common cell of the tally: a figure that grows would tell them. It is counted where it stands
-- alone, for each who looks, as far as they may see it.
alter table matters.tally_of add column apart boolean not null default false;
comment on column matters.tally_of.apart is 'Somebody is barred from it, so that it is counted for each who looks and in no common cell.';
update matters.tally_of o set apart = true
where exists (select from matters.holding h where h.matter = o.matter and h.barred) or exists (select from matters.barred_post b where b.matter = o.matter);
delete from matters.tally t using (select scope, kind, state, lead, open, count(*) as n from matters.tally_of where apart group by scope, kind, state, lead, open) g
where t.scope = g.scope and t.kind = g.kind and t.state = g.state and t.lead is not distinct from g.lead and t.open = g.open and t.n <= g.n;
update matters.tally t set n = t.n - g.n
from (select scope, kind, state, lead, open, count(*) as n from matters.tally_of where apart group by scope, kind, state, lead, open) g
where t.scope = g.scope and t.kind = g.kind and t.state = g.state and t.lead is not distinct from g.lead and t.open = g.open;
create index tally_of_apart on matters.tally_of (scope) where apart;
