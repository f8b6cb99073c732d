-- A unit's own board costs what is due to that unit, not what is due to everybody.
create index clock_due_of_unit on matters.clock (unit, due_at, matter, name) where owed and paused_at is null;
