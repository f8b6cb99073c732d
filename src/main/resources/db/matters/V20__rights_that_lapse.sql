-- The rights of reporters by when they are over: asked every few seconds, so it must cost what is due and not what is open.
create index clock_of_reporter on matters.clock (due_at) where relation = 'reporter' and paused_at is null;
