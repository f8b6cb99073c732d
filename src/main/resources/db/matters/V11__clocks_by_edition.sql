-- Which running clocks were counted by an older edition of the calendar: asked every few seconds, so it must cost nothing when there are none.
create index clock_edition on matters.clock (edition) where over_at is null;
