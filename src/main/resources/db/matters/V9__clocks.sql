-- The limits that matters run under. Everything that a limit needs stands in its row, so that no later change of a procedure or of a setting moves it.
create table matters.clock (
  matter        uuid not null references matters.matter (id),
  name          text collate "C" not null check (name ~ '^[a-z][a-z0-9-]{0,39}$'),
  run           int not null check (run >= 1),
  kind          text collate "C" not null,
  procedure     int not null,
  relation      text not null check (relation in ('desk', 'lead', 'helper', 'verifier')),
  unit          uuid,
  length        text not null,
  hours         text not null,
  started_at    timestamptz not null,
  due_at        timestamptz not null,
  warn_at       timestamptz,
  provisional   boolean not null,
  edition       bigint not null,
  paused_at     timestamptz,
  pause_reason  text,
  pauses        text[] not null,
  extended      int not null check (extended >= 0),
  extended_days int not null check (extended_days >= 0),
  over_at       timestamptz,
  ending        text check (ending in ('satisfied', 'ended')),
  said          smallint not null check (said >= 0),
  next_at       timestamptz,
  owed          boolean not null,
  primary key (matter, name, run),
  foreign key (kind, procedure) references matters.procedure (kind, version),
  check (due_at > started_at),
  check (warn_at > started_at and warn_at <= due_at),
  check ((over_at is null) = (ending is null)),
  check ((paused_at is null) = (pause_reason is null)),
  -- nobody is told of what stands still or is over
  check (next_at is null or owed and over_at is null and paused_at is null)
) with (fillfactor = 80);
comment on table matters.clock is 'class: owned. Clocks of matters: whom each binds, since when, until when, and what stopped it.';
-- one run of a clock at a time
create unique index clock_running on matters.clock (matter, name) where over_at is null;
-- what the watch over limits reads: only what is to be said, oldest first
create index clock_next on matters.clock (next_at) where next_at is not null;

grant select, insert, update on matters.clock to heshi_app;
grant select, update on matters.clock to heshi_follower;
alter table matters.clock enable row level security;
create policy see on matters.clock for select to heshi_app using (matters.may_see(matter));
create policy add on matters.clock for insert to heshi_app with check (true);
create policy move on matters.clock for update to heshi_app using (matters.may_see(matter)) with check (true);
create policy follow on matters.clock for all to heshi_follower using (true) with check (true);
