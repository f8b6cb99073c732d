-- The board of a whole place counts tens of thousands of limits at once. Asking may_see of each costs a function's call a row; the same question put to all
-- of them together does not. What it may not count is named once: the matters that who looks must keep out of.
create function matters.kept_from() returns setof uuid language sql stable security definer set search_path = '' as $$
  select b.matter from matters.barred_post b
  where b.post = nullif(current_setting('app.post', true), '')::uuid
     or b.post in (select p.post from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)
  union
  select h.matter from matters.holding h
  where h.relation = 'barred' and h.unit in (select p.unit from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p
                                             union all select nullif(current_setting('app.unit', true), '')::uuid)
$$;
revoke all on function matters.kept_from() from public;

create function matters.due_by_unit(till_now timestamptz, till_today timestamptz, till_week timestamptz)
  returns table (unit uuid, over int, today int, week int) language sql stable security definer set search_path = '' as $$
  select c.unit, (count(*) filter (where c.due_at <= till_now))::int,
         (count(*) filter (where c.due_at > till_now and c.due_at <= till_today))::int, (count(*) filter (where c.due_at > till_today))::int
    from matters.clock c
   where c.owed and c.paused_at is null and c.due_at <= till_week
     and current_setting('app.kind', true) = 'staff' and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator')
     -- one holding is enough; a limit, so that each is looked up and not all holdings read
     and coalesce((select true from matters.holding h
                   where h.matter = c.matter and not h.barred and (h.unit = nullif(current_setting('app.unit', true), '')::uuid
                     or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))) limit 1), false)
     and c.matter not in (select matters.kept_from())
   group by c.unit
$$;
revoke all on function matters.due_by_unit(timestamptz, timestamptz, timestamptz) from public;
grant execute on function matters.due_by_unit(timestamptz, timestamptz, timestamptz) to heshi_app;
