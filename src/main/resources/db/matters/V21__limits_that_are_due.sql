-- What supervision asks: running limits by their due instant, the oldest first, so that the answer costs what is due and not what is open. Those of one
-- unit are found among them; one index is enough for both.
drop index matters.clock_of_unit;
create index clock_due on matters.clock (due_at, matter, name) include (unit) where owed and paused_at is null;
