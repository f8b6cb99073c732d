-- The matters of a place, the newest first: an index of place and id grows in the middle of its pages and stays half empty. An id begins with the instant it was
-- given; its first 32 bits change every 65 seconds, and an index of place and those is narrower. What came within one such while is sorted when it is read: of a page
-- that is little, also after many were imported at once.
drop index matters.matter_of_town;
drop index matters.matter_of_county;
alter table matters.matter add column came int not null generated always as (('x' || left(id::text, 8))::bit(32)::int) stored;
comment on column matters.matter.came is 'the first 32 bits of its id, which tell when that was given, by 2^16 milliseconds';
create index matter_of_town on matters.matter (town_code, came);
create index matter_of_county on matters.matter (county_code, came);
