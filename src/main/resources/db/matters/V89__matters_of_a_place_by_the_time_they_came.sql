-- The matters of a place, the newest first: an index of place and id grows in the middle of its pages and stays half empty. An id begins with the instant it was
-- given; its first 24 bits change every four hours and forty minutes, and an index of place and those holds them once for all matters of that while. Within it, ids are sorted when they are read.
drop index matters.matter_of_town;
drop index matters.matter_of_county;
alter table matters.matter add column came int not null generated always as ((('x' || left(id::text, 8))::bit(32)::bigint >> 8)::int) stored;
comment on column matters.matter.came is 'the first 24 bits of its id, which tell when that was given, by 2^24 milliseconds';
create index matter_of_town on matters.matter (town_code, came);
create index matter_of_county on matters.matter (county_code, came);
