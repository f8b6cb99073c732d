grant usage on schema supervision to heshi_app, heshi_follower;

-- What the log says that supervision lists: papers, orders, rulings, returns, whistles and what was over. Written by a follower, so it can be
-- written again from the log. Holds no word of anybody.
create table supervision.mark (
  matter  uuid not null references matters.matter (id),
  seq     int not null check (seq >= 1),
  what    text collate "C" not null check (what in ('overdue', 'returned', 'reopened', 'urged', 'supervised', 'reminded', 'taken-on', 'ruled', 'whistled',
                                                    'task', 'paper')),
  clock   text collate "C" not null default '' check (clock ~ '^[a-z0-9-]{0,40}$'),
  at      timestamptz not null,
  until   timestamptz not null default 'infinity',
  due_at  timestamptz,
  replied int check (replied > seq),
  paper   text check (char_length(paper) between 1 and 60),
  unit    uuid,
  helpers uuid[] not null default '{}',
  by_unit uuid,
  origin  uuid references matters.matter (id),
  category text collate "C",
  division text collate "C" not null,
  scope   text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  town    text collate "C" generated always as (case when length(scope) >= 9 then left(scope, 9) end) stored,
  county  text collate "C" generated always as (case when length(scope) >= 6 then left(scope, 6) end) stored,
  primary key (matter, seq, what, clock),
  check (until >= at),
  check (what <> 'overdue' or clock <> '' and due_at is not null)
);
comment on table supervision.mark is 'class: owned. What happened to a matter that supervision lists, from when until when; until is infinity while it lasts.';
comment on column supervision.mark.clock is 'the limit that is over, or that the paper started; empty for none';
comment on column supervision.mark.replied is 'number of the entry that answered the paper';
-- Columns, not expressions: under a policy only leakproof comparisons of columns reach an index.
create index mark_of_county on supervision.mark (county, until);
create index mark_of_town on supervision.mark (town, until);
create index mark_list_county on supervision.mark (what, county, at desc, matter, seq);
create index mark_list_town on supervision.mark (what, town, at desc, matter, seq);
create index paper_of_county on supervision.mark (county, at desc, matter, seq) where paper is not null;
create index paper_of_town on supervision.mark (town, at desc, matter, seq) where paper is not null;
create index mark_of_unit on supervision.mark (unit, at desc) where paper is not null;

-- One row a matter: what the rates are counted from.
create table supervision.figure (
  matter      uuid primary key references matters.matter (id),
  kind        text collate "C" not null,
  channel     text collate "C" not null,
  category    text collate "C" not null,
  outcome     text collate "C" not null,
  scope       text collate "C" not null check (scope ~ '^[0-9]{2,17}$'),
  town        text collate "C" generated always as (case when length(scope) >= 9 then left(scope, 9) end) stored,
  county      text collate "C" generated always as (case when length(scope) >= 6 then left(scope, 6) end) stored,
  unit        uuid,
  office      boolean not null,
  walled      boolean not null,
  assigned_at timestamptz,
  sign_due    timestamptz,
  signed_at   timestamptz,
  closed_at   timestamptz,
  resolved    text check (resolved in ('yes', 'partly', 'no')),
  satisfied   text check (satisfied in ('yes', 'fair', 'no')),
  unreachable boolean not null default false,
  seq         int not null check (seq >= 1),
  check (sign_due is null or assigned_at is not null)
) with (fillfactor = 80);
comment on table supervision.figure is 'class: owned. What a matter counts for in the rates: where, when, in time or not, and what the resident said last. No person is in it.';
comment on column supervision.figure.unit is 'who is counted: the lead; for what is about an office the organ that received it';
comment on column supervision.figure.seq is 'up to which entry it was counted';
create index figure_assigned_county on supervision.figure (county, assigned_at);
create index figure_assigned_town on supervision.figure (town, assigned_at);
create index figure_assigned_unit on supervision.figure (unit, assigned_at);
create index figure_closed_county on supervision.figure (county, closed_at);
create index figure_closed_town on supervision.figure (town, closed_at);
create index figure_closed_unit on supervision.figure (unit, closed_at);

-- What is left out of the rates: by kind, channel or outcome, never by person or repetition (decision 11). Proposed by one, decided by another.
create table supervision.exclusion (
  id          uuid primary key,
  division    text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  by_what     text collate "C" not null check (by_what in ('kind', 'channel', 'outcome')),
  value       text collate "C" not null check (value ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  reason      text not null check (char_length(reason) between 1 and 1000),
  from_day    date not null,
  to_day      date check (to_day >= from_day),
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposer    uuid not null
);
comment on table supervision.exclusion is 'class: staff. What a place wants left out of its rates, why and for which days (to_day included).';
comment on column supervision.exclusion.proposed_by is 'the person';
comment on column supervision.exclusion.proposer is 'their post';
create index exclusion_of_place on supervision.exclusion (division, proposed_at desc);
create table supervision.exclusion_step (
  exclusion uuid not null references supervision.exclusion (id),
  what      text not null check (what in ('approved', 'refused', 'ended')),
  at        timestamptz not null,
  person    uuid not null,
  post      uuid not null,
  primary key (exclusion, what)
);
comment on table supervision.exclusion_step is 'class: staff. What was decided of an exclusion, by whom and when.';
create unique index exclusion_decided_once on supervision.exclusion_step (exclusion) where what in ('approved', 'refused');

-- Minutes of joint meetings, kept as they were written.
create table supervision.meeting (
  id       uuid primary key,
  division text collate "C" not null check (division ~ '^[0-9]{2,17}$'),
  held_on  date not null,
  title    text not null check (char_length(title) between 1 and 100),
  units    uuid[] not null check (cardinality(units) between 1 and 60),
  words    text not null check (char_length(words) between 1 and 20000),
  corrects uuid references supervision.meeting (id),
  at       timestamptz not null,
  person   uuid not null,
  post     uuid not null,
  unit     uuid not null
);
comment on table supervision.meeting is 'class: staff. Minutes of joint meetings; a mistake is put right by minutes that correct them.';
create index meeting_of_place on supervision.meeting (division, id desc);
create unique index meeting_corrected_once on supervision.meeting (corrects) where corrects is not null;
create table supervision.meeting_task (
  meeting uuid not null references supervision.meeting (id),
  matter  uuid not null references matters.matter (id),
  at      timestamptz not null,
  primary key (meeting, matter)
);
comment on table supervision.meeting_task is 'class: owned. Which tasks a meeting set.';

create function supervision.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'this register is append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger exclusion_is_kept before update or delete on supervision.exclusion for each row execute function supervision.refuse_change();
create trigger exclusion_step_is_kept before update or delete on supervision.exclusion_step for each row execute function supervision.refuse_change();
create trigger meeting_is_kept before update or delete on supervision.meeting for each row execute function supervision.refuse_change();
create trigger meeting_task_is_kept before update or delete on supervision.meeting_task for each row execute function supervision.refuse_change();
-- Whoever proposes does not decide.
create function supervision.by_another() returns trigger language plpgsql as $$
begin
  if new.what in ('approved', 'refused') and exists (select from supervision.exclusion e where e.id = new.exclusion and e.proposed_by = new.person) then
    raise exception 'an exclusion is decided by another person than the one who proposed it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger exclusion_by_another before insert on supervision.exclusion_step for each row execute function supervision.by_another();

alter table supervision.mark enable row level security;
alter table supervision.figure enable row level security;
alter table supervision.exclusion enable row level security;
alter table supervision.exclusion_step enable row level security;
alter table supervision.meeting enable row level security;
alter table supervision.meeting_task enable row level security;

grant select on supervision.mark, supervision.figure to heshi_app;
grant select, insert, update, delete on supervision.mark, supervision.figure to heshi_follower;
grant select, insert on supervision.exclusion, supervision.exclusion_step, supervision.meeting, supervision.meeting_task to heshi_app;

create function supervision.watches(place text) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'machine' or current_setting('app.kind', true) = 'staff'
    and starts_with(place, nullif(current_setting('app.scope', true), ''))
    and string_to_array(current_setting('app.roles', true), ',') && array['supervisor', 'head', 'dispatcher', 'auditor']
$$;
revoke all on all functions in schema supervision from public;
grant execute on function supervision.watches(text) to heshi_app;

create policy see on supervision.mark for select to heshi_app using (matters.may_see(matter));
create policy follow on supervision.mark for all to heshi_follower using (true) with check (true);
-- A figure counts for who watches the place and for the unit itself; where somebody is barred, only for those who may see the matter.
create policy see on supervision.figure for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
    and (starts_with(scope, nullif(current_setting('app.scope', true), '')) or unit = nullif(current_setting('app.unit', true), '')::uuid)
    and case when walled or office then matters.may_see(matter) else true end);
create policy follow on supervision.figure for all to heshi_follower using (true) with check (true);
create policy see on supervision.exclusion for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy add on supervision.exclusion for insert to heshi_app with check (supervision.watches(division));
create policy see on supervision.exclusion_step for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy add on supervision.exclusion_step for insert to heshi_app with check (
  exists (select from supervision.exclusion e where e.id = exclusion and supervision.watches(e.division)));
create policy see on supervision.meeting for select to heshi_app using (supervision.watches(division));
create policy add on supervision.meeting for insert to heshi_app with check (supervision.watches(division));
create policy see on supervision.meeting_task for select to heshi_app using (matters.may_see(matter));
create policy add on supervision.meeting_task for insert to heshi_app with check (matters.may_see(matter)
  and exists (select from supervision.meeting m where m.id = meeting));
