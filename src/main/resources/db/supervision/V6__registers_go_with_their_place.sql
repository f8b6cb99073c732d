-- Minutes and what a place left out of its rates go with their place: for whose eyes they are moves (scope), where they were written stays (division).
create or replace function supervision.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'scope' = to_jsonb(old) - 'scope' then
    return new;
  end if;
  raise exception 'this register is append-only' using errcode = 'integrity_constraint_violation';
end $$;
alter table supervision.meeting add column scope text collate "C" check (scope ~ '^[0-9]{2,17}$');
update supervision.meeting set scope = division;
alter table supervision.meeting alter column scope set not null;
comment on column supervision.meeting.scope is 'division, or what it went into when its code ended: whose centre reads it';
alter table supervision.exclusion add column scope text collate "C" check (scope ~ '^[0-9]{2,17}$');
update supervision.exclusion set scope = division;
alter table supervision.exclusion alter column scope set not null;
comment on column supervision.exclusion.scope is 'division, or what it went into when its code ended: whose centre decides it; for which matters it holds, division says';
drop index supervision.meeting_of_place;
drop index supervision.exclusion_of_place;
create index meeting_of_place on supervision.meeting (scope, id desc);
create index exclusion_of_place on supervision.exclusion (scope, id desc);

-- What was written while somebody watched the place that they stay with may be read by them on.
drop policy see on supervision.meeting;
create policy see on supervision.meeting for select to heshi_app using (supervision.watches(scope) or supervision.watches(division));
drop policy add on supervision.meeting;
create policy add on supervision.meeting for insert to heshi_app with check (supervision.watches(division) and scope = division);
drop policy add on supervision.exclusion;
create policy add on supervision.exclusion for insert to heshi_app with check (supervision.watches(division) and scope = division);
drop policy add on supervision.exclusion_step;
create policy add on supervision.exclusion_step for insert to heshi_app with check (
  exists (select from supervision.exclusion e where e.id = exclusion and supervision.watches(e.scope)));

-- Rates know the place of then and of today, and levels.
alter table supervision.figure add column scope_was text collate "C" check (scope_was ~ '^[0-9]{2,17}$');
comment on column supervision.figure.scope_was is 'scope before the code of the place ended: what it counts at in the cut of then; empty for nearly all';
alter table supervision.figure add column level smallint not null default 0 check (level between 0 and 2);
update supervision.figure f set scope_was = m.scope_was, level = m.level from matters.matter m where m.id = f.matter and (m.scope_was is not null or m.level <> 0);
create index figure_assigned_then on supervision.figure (scope_was, assigned_at) where scope_was is not null;
create index figure_closed_then on supervision.figure (scope_was, closed_at) where scope_was is not null;

-- A number of then goes on counting for who watched the place then. Who only works in a village or a grid is told of what they may see, matter by matter.
drop policy see on supervision.figure;
create policy see on supervision.figure for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
    and (starts_with(scope, nullif(current_setting('app.scope', true), '')) or unit = nullif(current_setting('app.unit', true), '')::uuid
         or scope_was is not null and starts_with(scope_was, nullif(current_setting('app.scope', true), ''))
         or nullif(current_setting('app.scope', true), '') is null and matters.may_see(matter))
    and case when walled or office then matters.may_see(matter) else true end);

create or replace function supervision.move_places(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update supervision.mark t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'mark', a, b, count(*) from went group by a, b;
  return query with went as (
    update supervision.figure t set scope = x.b, scope_was = coalesce(t.scope_was, t.scope) from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'rate', a, b, count(*) from went group by a, b;
end $$;

-- What an office wrote goes where the office goes, of a split place as well once it was said which part keeps it.
create function supervision.move_registers(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  return query with went as (
    update supervision.meeting t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'minutes', a, b, count(*) from went group by a, b;
  return query with went as (
    update supervision.exclusion t set scope = x.b from unnest(p_was, p_now) as x (a, b) where t.scope = x.a returning x.a, x.b)
    select 'exclusion', a, b, count(*) from went group by a, b;
end $$;
revoke all on function supervision.move_registers(text[], text[]) from public;
grant execute on function supervision.move_registers(text[], text[]) to heshi_app;
