-- What was opened: the matter, or particulars that stand masked until somebody asks for them. The reporter reads which office it was, and when.
alter table access.look add column what text collate "C" not null default 'matter' check (what in ('matter', 'contacts'));
alter table access.look drop constraint look_pkey;
alter table access.look add primary key (person, matter, hour, what);
comment on table access.look is 'class: owned. Who opened which matter, or its contacts, in which hour; never changed.';
create policy reporter on access.look for select to heshi_app using (
  current_setting('app.kind', true) = 'resident' and matter = nullif(current_setting('app.matter', true), '')::uuid);

-- Looking that is out of the usual becomes one question to who looked. It is answered or not; nothing is counted by person, and it is erased after 90 days.
create table access.question (
  id       uuid primary key,
  person   uuid not null,
  post     uuid not null,
  unit     uuid not null,
  matter   uuid,
  why      text collate "C" not null check (why in ('many', 'not-held', 'at-night')),
  night    date not null,
  asked_at timestamptz not null,
  answer   text check (char_length(answer) between 1 and 500),
  answered_at timestamptz,
  check ((answer is null) = (answered_at is null)),
  -- one matter is asked about once; many matters and nights once a day
  unique nulls not distinct (person, why, matter, night)
);
comment on table access.question is 'class: owned. Questions about looking that was out of the usual; read by who was asked and by auditors, erased after 90 days.';
create index question_asked on access.question (asked_at);
create index question_open on access.question (person) where answer is null;

alter table access.question enable row level security;
grant select, insert, update (answer, answered_at), delete on access.question to heshi_app;
create policy ask on access.question for insert to heshi_app with check (
  current_setting('app.kind', true) = 'staff'
  and person = nullif(current_setting('app.person', true), '')::uuid
  and post = nullif(current_setting('app.post', true), '')::uuid
  and unit = nullif(current_setting('app.unit', true), '')::uuid and answer is null);
create policy see on access.question for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and (person = nullif(current_setting('app.person', true), '')::uuid
                                                      or 'auditor' = any (string_to_array(current_setting('app.roles', true), ','))));
-- only who was asked answers, and once
create policy answer on access.question for update to heshi_app
  using (current_setting('app.kind', true) = 'staff' and person = nullif(current_setting('app.person', true), '')::uuid and answer is null) with check (true);
create policy forget on access.question for delete to heshi_app using (current_setting('app.kind', true) = 'machine');

-- How many matters who acts opened in that hour. A number about oneself, and not kept.
create function access.opened_by_me(p_hour timestamptz) returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select count(distinct l.matter) from access.look l
  where l.person = nullif(current_setting('app.person', true), '')::uuid and l.hour = p_hour
$$;
revoke execute on function access.opened_by_me(timestamptz) from public;
grant execute on function access.opened_by_me(timestamptz) to heshi_app;
