-- Nobody looks a matter up by its key.
drop index matters.matter_key;
-- An index whose newest row goes before the others of its group stays half empty; one that grows at the end of its group is full, and is read backwards.
drop index matters.matter_of_town;
drop index matters.matter_of_county;
drop index matters.holding_unit;
create index matter_of_town on matters.matter (town_code, id);
create index matter_of_county on matters.matter (county_code, id);
create index holding_unit on matters.holding (unit, matter) where relation <> 'barred';
-- What is closed at the same instant is put in order when it is read.
drop index matters.matter_to_put_away;
drop index matters.matter_to_erase;
create index matter_to_put_away on matters.matter (kind, closed_at) where closed_at is not null and put_away_at is null and erased_at is null;
create index matter_to_erase on matters.matter (kind, closed_at) where put_away_at is not null and erased_at is null;
-- A row is written anew within days of its beginning, beside others of its age: a tenth of a page is room enough for that, and what is closed needs none.
alter table matters.matter set (fillfactor = 90);
alter table matters.holding set (fillfactor = 90);
alter table matters.tally_of set (fillfactor = 90);
