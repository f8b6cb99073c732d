-- How many matters stand where, kept by a follower, so that the board costs the same at any number of matters.
create table matters.tally (
  scope text collate "C" not null check (scope ~ '^[0-9]{2,9}$'),
  kind  text not null,
  state text not null,
  lead  uuid,
  open  boolean not null,
  n     bigint not null check (n > 0),
  constraint tally_cell unique nulls not distinct (scope, kind, state, lead, open)
);
comment on table matters.tally is 'class: staff. How many matters stand where: by town (9 digits, shorter where a matter counts higher up), kind, state and lead.';

-- The cell in which each matter was last counted.
create table matters.tally_of (
  matter uuid primary key references matters.matter (id),
  scope  text collate "C" not null,
  county text collate "C" not null generated always as (left(scope, 6)) stored,
  kind   text not null,
  state  text not null,
  lead   uuid,
  open   boolean not null,
  since  timestamptz not null
) with (fillfactor = 80);
comment on table matters.tally_of is 'class: owned. The cell of the tally in which a matter is counted, and since when it waits for its end.';
-- Columns, not expressions: under a policy only leakproof comparisons of columns reach an index.
create index tally_of_county on matters.tally_of (county, since, matter) where open;
create index tally_of_town on matters.tally_of (scope, since, matter) where open;
create index tally_of_all on matters.tally_of (since, matter) where open;

alter table matters.tally enable row level security;
alter table matters.tally_of enable row level security;
grant select on matters.tally, matters.tally_of to heshi_app;
grant select, insert, update, delete on matters.tally to heshi_follower;
grant select, insert, update on matters.tally_of to heshi_follower;

-- Figures are for who watches the place as a whole.
create policy see on matters.tally for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and starts_with(scope, nullif(current_setting('app.scope', true), '')));
create policy see on matters.tally_of for select to heshi_app using (matters.may_see(matter));
create policy follow on matters.tally for all to heshi_follower using (true) with check (true);
create policy follow on matters.tally_of for all to heshi_follower using (true) with check (true);

-- The window asks whether the same trouble at the same place is open already (decision 11).
create index matter_open_here on matters.matter (division_code, category, id desc) where not terminal;
