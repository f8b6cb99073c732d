-- Notices of the State Council that administrators took in. What the program ships (2004 to 2026) stands in its resources; of two notices
-- for one year the one with the greater edition holds. Nothing is changed or removed: a correction is the next edition.

grant usage on schema calendar to heshi_app, heshi_follower;

create function calendar.may_edit() returns boolean
language sql stable parallel safe
as $$
  select coalesce(current_setting('app.kind', true), '') = 'machine'
      or (coalesce(current_setting('app.kind', true), '') = 'staff'
          and 'administrator' = any (string_to_array(coalesce(current_setting('app.roles', true), ''), ',')))
$$;

create table calendar.notice (
  edition bigint primary key check (edition > 0),
  year    int not null check (year between 2004 and 2200),
  source  text not null check (source = btrim(source) and char_length(source) between 1 and 200),
  at      timestamptz not null,
  person  uuid default nullif(current_setting('app.person', true), '')::uuid,
  unique (edition, year)
);
comment on table calendar.notice is 'class: public. Notices of working days that were taken in, by edition; who did it (empty: the command line) is not shown.';
create index notice_year on calendar.notice (year, edition);

create table calendar.day (
  edition bigint not null,
  year    int not null,
  day     date not null,
  kind    text not null check (kind in ('holiday', 'workday')),
  name    text not null check (name = btrim(name) and char_length(name) between 1 and 60),
  primary key (edition, day),
  foreign key (edition, year) references calendar.notice (edition, year),
  constraint day_of_its_year check (extract(year from day) = year or (extract(year from day) = year - 1 and extract(month from day) = 12)),
  constraint only_weekends_are_worked_on check (kind = 'holiday' or extract(isodow from day) in (6, 7))
);
comment on table calendar.day is 'class: public. The days of a notice: holidays, and Saturdays and Sundays on which people work.';

create table calendar.draft (
  id     uuid primary key,
  person uuid not null,
  at     timestamptz not null,
  year   int not null,
  source text not null,
  days   date[] not null check (cardinality(days) <= 400),
  kinds  text[] not null check (cardinality(kinds) = cardinality(days)),
  names  text[] not null check (cardinality(names) = cardinality(days))
);
comment on table calendar.draft is 'class: staff. A notice between its preview and its confirmation; erased then, at the latest after a day.';
create index draft_at on calendar.draft (at);

alter table calendar.notice enable row level security;
alter table calendar.day enable row level security;
alter table calendar.draft enable row level security;
create policy read on calendar.notice for select using (true);
create policy read on calendar.day for select using (true);
create policy take on calendar.notice for insert with check (calendar.may_edit());
create policy take on calendar.day for insert with check (calendar.may_edit());
create policy own on calendar.draft for all
  using (calendar.may_edit() and (coalesce(current_setting('app.kind', true), '') = 'machine'
         or person = nullif(current_setting('app.person', true), '')::uuid))
  with check (calendar.may_edit() and (coalesce(current_setting('app.kind', true), '') = 'machine'
         or person = nullif(current_setting('app.person', true), '')::uuid));

grant select (edition, year, source, at) on calendar.notice to heshi_app, heshi_follower;
grant select on calendar.day to heshi_app, heshi_follower;
grant insert (edition, year, source, at) on calendar.notice to heshi_app;
grant insert on calendar.day to heshi_app;
grant select, insert, delete on calendar.draft to heshi_app;
