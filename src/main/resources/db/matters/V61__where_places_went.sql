-- A place was renumbered or merged: its matters are for the eyes of the place that it went into. Under which code they stood before is kept, for figures of then and for who
-- watched them there. Where the trouble was (division_code) stays as it was written.
alter table matters.matter add column scope_was text collate "C" check (scope_was ~ '^[0-9]{2,17}$');
comment on column matters.matter.scope_was is 'scope_code before the code of the place ended; empty for nearly all';
alter table matters.matter add column scope_moved_at timestamptz check ((scope_moved_at is null) = (scope_was is null));
comment on column matters.matter.scope_moved_at is 'when the code of the place ended for it; empty for nearly all';
create index matter_scope_was on matters.matter (scope_was) where scope_was is not null;

-- Somebody gave it another place since: what was before no longer counts.
create function matters.forget_scope_was() returns trigger language plpgsql set search_path = '' as $$
begin
  new.scope_was := null;
  new.scope_moved_at := null;
  return new;
end $$;
create trigger placed_anew before update of scope_code on matters.matter for each row
  when (old.scope_was is not null and new.scope_code is distinct from old.scope_code and current_setting('heshi.moving', true) is distinct from 'on')
  execute function matters.forget_scope_was();

create function matters.move_places(p_was text[], p_now text[]) returns table (what text, was text, now text, n bigint)
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  cells text[];
begin
  if current_setting('app.kind', true) is distinct from 'machine' then
    raise exception 'places are moved by the program itself' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from matters.matter m where m.scope_code = any (p_was))
     and not exists (select from matters.holding h where h.division_code = any (p_was))
     and not exists (select from matters.put_away h where h.division_code = any (p_was)) then
    return;
  end if;
  -- whoever has read a matter in order to write it, or to count it, is through before, or reads it after
  lock table matters.matter in access exclusive mode;
  perform set_config('heshi.moving', 'on', true);
  select array_agg(m.id) into ids from matters.matter m where m.scope_code = any (p_was);
  return query with went as (
    update matters.matter m set scope_code = x.b, scope_was = coalesce(m.scope_was, m.scope_code), scope_moved_at = coalesce(m.scope_moved_at, clock_timestamp())
      from unnest(p_was, p_now) as x (a, b) where m.scope_code = x.a returning x.a, x.b)
    select 'matter', a, b, count(*) from went group by a, b;
  return query with went as (
    update matters.holding h set division_code = x.b from unnest(p_was, p_now) as x (a, b) where h.division_code = x.a returning x.a, x.b)
    select 'holding', a, b, count(*) from went group by a, b;
  update matters.put_away h set division_code = x.b from unnest(p_was, p_now) as x (a, b) where h.division_code = x.a;
  perform set_config('heshi.moving', '', true);
  -- the tally is summed anew where it changed
  select array_agg(distinct c) into cells from (
    select o.scope as c from matters.tally_of o where o.matter = any (ids)
    union select left(m.scope_code, 9) from matters.matter m where m.id = any (ids)) both_sides;
  update matters.tally_of o set scope = left(m.scope_code, 9) from matters.matter m where o.matter = any (ids) and m.id = o.matter;
  delete from matters.tally t where t.scope = any (cells);
  insert into matters.tally (scope, kind, state, lead, open, n)
    select o.scope, o.kind, o.state, o.lead, o.open, count(*) from matters.tally_of o where o.scope = any (cells) and not o.apart
     group by o.scope, o.kind, o.state, o.lead, o.open;
end $$;
revoke all on function matters.move_places(text[], text[]), matters.forget_scope_was() from public;
grant execute on function matters.move_places(text[], text[]) to heshi_app;

-- Who watched the place as it was goes on seeing what came in there: a town that was split, a county that a town left. Half a year long, so that what was begun is finished and
-- offices get their place; after that only what nobody wrote in since: what others write is not for them.
create function matters.seen_from_before(scope_was text, moved_at timestamptz, last_at timestamptz) returns boolean language sql stable parallel safe as $$
  select starts_with(scope_was, nullif(current_setting('app.scope', true), '')) and (moved_at > now() - interval '6 months' or last_at <= moved_at)
$$;
comment on function matters.seen_from_before is 'Whether who acts watched the place of a matter before its code ended, and may still see it for that.';
revoke all on function matters.seen_from_before(text, timestamptz, timestamptz) from public;
grant execute on function matters.seen_from_before(text, timestamptz, timestamptz) to heshi_app;

create or replace function matters.may_see(m uuid) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then
      -- whoever only administers keeps the directory and needs no matter of anybody's (Personal Information Protection Law, article 6)
      coalesce(current_setting('app.roles', true), '') not in ('', 'administrator') and
      (select coalesce((bool_or(not h.barred and (
                h.unit = nullif(current_setting('app.unit', true), '')::uuid
                or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))
                -- opened for a given reason: named by the one page that shows it, so that nobody else is asked for it
                or case when m = nullif(current_setting('app.opened', true), '')::uuid then access.is_open(m) else false end))
                or bool_or(not h.barred) and exists (
                  select from matters.matter o
                   where o.id = m and o.scope_was is not null and matters.seen_from_before(o.scope_was, o.scope_moved_at, o.last_at)))
              and not bool_or(case when h.barred then
                h.unit = nullif(current_setting('app.unit', true), '')::uuid
                or h.unit in (select p.unit from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)
                else false end), false)
       from matters.holding h where h.matter = m)
      and not exists (
        select from matters.barred_post b
        where b.matter = m and (b.post = nullif(current_setting('app.post', true), '')::uuid
          or b.post in (select p.post from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)))
    when 'resident' then m = nullif(current_setting('app.matter', true), '')::uuid
    when 'machine' then true
    else false
  end
$$;
