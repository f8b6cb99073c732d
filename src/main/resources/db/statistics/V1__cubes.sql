grant usage on schema statistics to heshi_app, heshi_follower;

-- Figures are for who watches the place as a whole, and for a unit its own.
create function statistics.counts_for(whose text) returns boolean language sql stable parallel safe as $$
  select current_setting('app.kind', true) = 'machine' or current_setting('app.kind', true) = 'staff'
    and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
    and (starts_with(whose, nullif(current_setting('app.scope', true), '')) or whose = nullif(current_setting('app.unit', true), ''))
$$;
comment on function statistics.counts_for is 'Whether who acts may read figures of this place (its code) or unit (its id).';
revoke all on function statistics.counts_for(text) from public;
grant execute on function statistics.counts_for(text) to heshi_app, heshi_follower;

-- Short numbers of codes that stand in cells.
create table statistics.word (
  id   int primary key check (id >= 1),
  word text collate "C" not null unique
);
comment on table statistics.word is 'class: staff. Numbers of the codes (kinds, categories, channels, outcomes, units) by which cells are told apart. Names nobody.';

-- What each matter is counted as now: the cells are the sum over these rows.
create table statistics.life (
  matter    uuid primary key,
  place     text collate "C" not null check (place ~ '^[0-9]{2,17}$'),
  came_at   timestamptz not null,
  closed_at timestamptz,
  lead      uuid,
  level     smallint not null,
  apart     boolean not null,
  late      boolean not null,
  again     boolean not null,
  kind      text collate "C" not null,
  category  text collate "C" not null,
  channel   text collate "C" not null,
  outcome   text collate "C" not null,
  rest      bytea not null
) with (fillfactor = 85);
comment on table statistics.life is
  'class: owned. What a matter counts as: where, when, of which kind, how closed; no person is in it. Kept by a follower of the log.';
comment on column statistics.life.again is 'whether it went on after a closing';
comment on column statistics.life.rest is 'Times of acceptance, of earlier closings and of reopenings, time charged by unit, stars and answers, packed.';
create index life_of_place on statistics.life (place, came_at desc, matter);
create index life_of_lead on statistics.life (lead, came_at desc, matter) where lead is not null;
create index life_apart on statistics.life (place) where apart;

-- Cells, packed: one row a place or unit and day or month, and one of what is open now.
create table statistics.cube (
  whose   text collate "C" not null check (whose <> ''),
  grain   "char" not null check (grain in ('d', 'm', 'o')),
  first   date not null,
  stale   boolean not null default false,
  matters bytea not null default '',
  units   bytea not null default '',
  hours   bytea not null default '',
  primary key (whose, grain, first),
  check (grain <> 'm' or extract(day from first) = 1)
) with (fillfactor = 85);
comment on table statistics.cube is 'class: staff. Cells of figures by place or unit: a day (d), a month (m) or what is open now (o). Counts only; names nobody.';
comment on column statistics.cube.stale is 'For a month: its days changed since it was summed, so that they are read in its place.';
create index cube_stale on statistics.cube (first) where stale;
create index cube_whose on statistics.cube (whose) where grain = 'o';

-- What the follower counted and is not yet in the cells; read along with them.
create table statistics.pending (
  id      bigint generated always as identity primary key,
  whose   text collate "C" not null,
  grain   "char" not null check (grain in ('d', 'o')),
  first   date not null,
  matters bytea not null,
  units   bytea not null,
  hours   bytea not null
);
comment on table statistics.pending is 'class: staff. Changes of cells that wait some seconds to be added to them. Counts only; names nobody.';

-- How far the log is counted. Whoever changes figures locks this row first.
create table statistics.counted (
  one      boolean primary key default true check (one),
  position bigint not null,
  at       timestamptz
);
comment on table statistics.counted is 'class: staff. Up to which entry of the log figures are counted. Names nobody.';
insert into statistics.counted (position) values (0);

alter table statistics.word enable row level security;
alter table statistics.life enable row level security;
alter table statistics.cube enable row level security;
alter table statistics.pending enable row level security;
alter table statistics.counted enable row level security;

grant select on all tables in schema statistics to heshi_app;
grant select, insert, update, delete on all tables in schema statistics to heshi_follower;
grant usage on all sequences in schema statistics to heshi_follower;

create policy see on statistics.word for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy see on statistics.counted for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy see on statistics.cube for select to heshi_app using (statistics.counts_for(whose));
create policy see on statistics.pending for select to heshi_app using (statistics.counts_for(whose));
create policy see on statistics.life for select to heshi_app using (
  (statistics.counts_for(place) or statistics.counts_for(lead::text)) and case when apart then matters.may_see(matter) else true end);
create policy follow on statistics.word for all to heshi_follower using (true) with check (true);
create policy follow on statistics.life for all to heshi_follower using (true) with check (true);
create policy follow on statistics.cube for all to heshi_follower using (true) with check (true);
create policy follow on statistics.pending for all to heshi_follower using (true) with check (true);
create policy follow on statistics.counted for all to heshi_follower using (true) with check (true);
