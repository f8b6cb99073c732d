-- A limit that is over is noted here when word of it is given. Word that was given before there was this register is given no second time, so what was
-- over then and still runs is noted now. Said counts the words: the second is that it is over.
insert into supervision.mark (matter, seq, what, clock, at, due_at, unit, category, division, scope)
select c.matter, c.run, 'overdue', c.name, c.due_at, c.due_at, c.unit, m.category, m.division_code, m.scope_code
from matters.clock c join matters.matter m on m.id = c.matter
where c.owed and c.said >= 2 and c.due_at <= now()
on conflict (matter, seq, what, clock) do nothing;
