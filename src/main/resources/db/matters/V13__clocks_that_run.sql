-- A clock that was satisfied or ended leaves its row: what became of it stands in the entry that did it. So one matter has few rows, each with its name.
delete from matters.clock where over_at is not null;
drop index matters.clock_running;
drop index matters.clock_edition;
alter table matters.clock drop constraint clock_pkey;
-- which procedure describes it is checked where the entry is written that starts it
alter table matters.clock drop constraint clock_kind_procedure_fkey;
alter table matters.clock drop column over_at, drop column ending;
alter table matters.clock add primary key (matter, name);
-- nobody is told of what stands still, nor of a time in which something may be done
alter table matters.clock add check (next_at is null or owed and paused_at is null);
comment on table matters.clock is 'class: owned. Clocks of matters that run: whom each binds, since when and until when.';
-- what is due at whose desk, and since when
create index clock_of_unit on matters.clock (unit, due_at) where owed and paused_at is null;

grant delete on matters.clock to heshi_app;

-- The matter that a transaction acts upon: named by the statement that loads it, after the matter's own policy let its row through. Its holdings and
-- clocks need not ask again, row by row, whether who acts may see it.
drop policy see on matters.clock;
drop policy move on matters.clock;
create policy see on matters.clock for select to heshi_app
  using (matter = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(matter));
create policy move on matters.clock for update to heshi_app
  using (matter = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(matter)) with check (true);
create policy leave on matters.clock for delete to heshi_app
  using (matter = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(matter));

drop policy see on matters.holding;
drop policy move on matters.holding;
drop policy leave on matters.holding;
create policy see on matters.holding for select to heshi_app using (
  not barred and (matter = nullif(current_setting('app.acted', true), '')::uuid
                    or unit = nullif(current_setting('app.unit', true), '')::uuid
                      and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
                    or matters.may_see(matter))
  or current_setting('app.kind', true) = 'machine');
create policy move on matters.holding for update to heshi_app
  using (not barred and (matter = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(matter))) with check (not barred);
create policy leave on matters.holding for delete to heshi_app
  using (not barred and (matter = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(matter)));

drop policy see on matters.party;
create policy see on matters.party for select to heshi_app
  using (matter = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(matter));

-- How far the clocks have been counted again after a notice of holidays: one walk through all of them, in the order of their key.
create table matters.recount (
  one       boolean primary key default true check (one),
  edition   bigint not null,
  walk      int not null check (walk between 1 and 2),
  matter    uuid not null,
  name      text collate "C" not null,
  counted   bigint not null check (counted >= 0),
  total     bigint not null check (total >= 0),
  failed    bigint not null check (failed >= 0),
  began_at  timestamptz not null,
  moved_at  timestamptz not null,
  ended_at  timestamptz
);
comment on table matters.recount is 'class: staff. How far the limits have been counted again by the newest notice of holidays. Names nobody.';
alter table matters.recount enable row level security;
grant select, update on matters.recount to heshi_follower;
create policy follow on matters.recount for all to heshi_follower using (true) with check (true);
insert into matters.recount (edition, walk, matter, name, counted, total, failed, began_at, moved_at)
values (0, 1, '00000000-0000-0000-0000-000000000000', '', 0, 0, 0, now(), now());
