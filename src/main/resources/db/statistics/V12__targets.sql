-- What a unit promised in its letter of responsibility, figure by figure. Rows are only added: the newest of a figure holds, the others are its history.
create table statistics.goal (
  id      uuid primary key,
  place   text collate "C" not null check (place ~ '^[0-9]{2,17}$'),
  unit    uuid not null references directory.unit (id),
  year    smallint not null check (year between 2004 and 2200),
  figure  text collate "C" not null check (figure in ('on-time', 'satisfied', 'resolved', 'median', 'p90', 'acceptance')),
  version smallint not null check (version >= 1),
  goal    numeric(7, 1) check (goal >= 0 and (figure not in ('on-time', 'satisfied', 'resolved') or goal <= 100)),
  source  text not null check (char_length(source) <= 500),
  reason  text not null check (char_length(reason) <= 500),
  at      timestamptz not null,
  post    uuid not null,
  unique (unit, year, figure, version),
  check (version > 1 or goal is not null),
  check (goal is null or source <> ''),
  check (version = 1 or reason <> '')
);
comment on table statistics.goal is
  'class: staff. Goals of units by year and figure, as their letters of responsibility have them, with every change. Never a number of matters: only shares and times. Names nobody.';
comment on column statistics.goal.place is 'division of the unit';
comment on column statistics.goal.goal is 'percent, or hours; null: withdrawn';
comment on column statistics.goal.source is 'paragraph of the letter';
comment on column statistics.goal.post is 'that entered it';
create index goal_of_place on statistics.goal (place, year);

create function statistics.goal_stays() returns trigger language plpgsql set search_path = '' as $$
begin
  if tg_op = 'DELETE' or to_jsonb(new) - 'place' <> to_jsonb(old) - 'place' then
    raise exception 'goals are only added to' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger goal_stays before update or delete on statistics.goal for each row execute function statistics.goal_stays();

-- For the head and the supervisors of the unit itself, and for heads and supervisors who watch its place; these supervisors set them, for other units than their own.
create function statistics.answers_for(place text, unit uuid) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'staff' and string_to_array(current_setting('app.roles', true), ',') && array['head', 'supervisor']
    and (starts_with(place, nullif(current_setting('app.scope', true), '')) or unit::text = nullif(current_setting('app.unit', true), ''))
$$;
create function statistics.sets_goals(place text, unit uuid) returns boolean language sql stable parallel safe set search_path = '' as $$
  select current_setting('app.kind', true) = 'machine' or current_setting('app.kind', true) = 'staff' and 'supervisor' = any (string_to_array(current_setting('app.roles', true), ','))
    and starts_with(place, nullif(current_setting('app.scope', true), '')) and unit::text is distinct from nullif(current_setting('app.unit', true), '')
$$;
comment on function statistics.answers_for is 'Whether who acts may read goals of this unit at this place.';
comment on function statistics.sets_goals is 'Whether who acts may set goals of units at this place.';
revoke all on function statistics.answers_for(text, uuid) from public;
revoke all on function statistics.sets_goals(text, uuid) from public;
grant execute on function statistics.answers_for(text, uuid) to heshi_app;
grant execute on function statistics.sets_goals(text, uuid) to heshi_app;
alter table statistics.goal enable row level security;
grant select, insert on statistics.goal to heshi_app;
create policy see on statistics.goal for select to heshi_app using (current_setting('app.kind', true) = 'machine' or statistics.answers_for(place, unit));
create policy add on statistics.goal for insert to heshi_app with check (statistics.sets_goals(place, unit));

-- Goals and bulletins go along when a place goes on under another code. A place has one series of bulletins: its own, or else that of the smallest code that went into it.
-- Drafts of the others go along where that month is free; what was released of them stays under the code of its place, and is told of.
create function statistics.move_places(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update statistics.goal t set place = x.b from unnest(p_was, p_now) as x (a, b) where t.place = x.a returning x.a, x.b)
    select 'goal', a, b, count(*) from went group by a, b;
  return query with went as (
    update statistics.bulletin t set place = x.b from unnest(p_was, p_now) as x (a, b) where t.place = x.a
      and not exists (select from statistics.bulletin o where o.place = x.b)
      and x.a = (select min(y.a) from unnest(p_was, p_now) as y (a, b) join statistics.bulletin o on o.place = y.a where y.b = x.b) returning x.a, x.b)
    select 'bulletin', a, b, count(*) from went group by a, b;
  return query with went as (
    update statistics.bulletin t set place = x.b, version = 1 from unnest(p_was, p_now) as x (a, b) where t.place = x.a and t.released_at is null
      and not exists (select from statistics.bulletin o where o.place = x.b and o.month = t.month)
      and x.a = (select min(y.a) from unnest(p_was, p_now) as y (a, b) join statistics.bulletin o on o.place = y.a and o.month = t.month and o.released_at is null where y.b = x.b)
      returning x.a, x.b)
    select 'bulletin', a, b, count(*) from went group by a, b;
  return query select 'bulletin', t.place, '', count(*) from statistics.bulletin t where t.place = any (p_was) group by t.place;
end $$;
revoke all on function statistics.move_places(text[], text[]) from public;
grant execute on function statistics.move_places(text[], text[]) to heshi_app;
