-- Indexes of what each matter is counted as, as small as their questions allow: the matter itself stands in none (what came in the same instant is sorted when
-- it is read), they grow at their end and are read backwards, and a place is one entry for all that lies there.
drop index statistics.life_came;
drop index statistics.life_closed;
drop index statistics.life_again;
drop index statistics.life_of_place;
drop index statistics.life_of_lead;
create index life_came on statistics.life (came_at);
create index life_closed on statistics.life (closed_at) where closed_at is not null;
create index life_again on statistics.life (came_at) where again;
create index life_of_place on statistics.life (place);
create index life_of_lead on statistics.life (lead, came_at) where lead is not null;
-- What waits to be added is read and taken away as a whole: nothing asks for a single row of it.
alter table statistics.pending drop column id;
-- A closing moves the row anyway, for its time stands in an index.
alter table statistics.life set (fillfactor = 95);
