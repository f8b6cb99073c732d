-- Lists of a town or county went by left(scope_code, n), which row-level security keeps away from the index: the function is not leakproof.
-- A stored column is compared by an operator that is.
alter table matters.matter
  add column town_code   text collate "C" generated always as (case when length(scope_code) >= 9 then left(scope_code, 9) end) stored,
  add column county_code text collate "C" generated always as (case when length(scope_code) >= 6 then left(scope_code, 6) end) stored;
drop index matters.matter_of_town;
drop index matters.matter_of_county;
create index matter_of_town on matters.matter (town_code, id desc);
create index matter_of_county on matters.matter (county_code, id desc);
