-- The ledger of a month reads by day of coming in and by day of closing, wherever that was.
create index life_came on statistics.life (came_at, matter);
create index life_closed on statistics.life (closed_at, matter) where closed_at is not null;
create index life_again on statistics.life (came_at, matter) where again;
