-- Whether who acts must keep out of any matter: then what is counted for them is counted matter by matter, as they may see it.
create index barred_post_of on matters.barred_post (post);
create index holding_barred on matters.holding (unit) where relation = 'barred';
create function matters.kept_out() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from matters.barred_post b where b.post = nullif(current_setting('app.post', true), '')::uuid
             or b.post in (select p.post from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p))
      or exists (select from matters.holding h where h.relation = 'barred'
             and h.unit in (select p.unit from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p
                            union all select nullif(current_setting('app.unit', true), '')::uuid))
$$;
revoke all on function matters.kept_out() from public;
grant execute on function matters.kept_out() to heshi_app;

-- What the log says of a matter is said to nobody who may not see it, whoever calls.
create or replace function matters.newest(m uuid, a text, out seq int, out content text) returns setof record
  language sql stable security definer set search_path = '' as $$
  select e.seq, e.content from matters.entry e
  where e.matter = m and e.action = a and (m = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(m))
  order by e.seq desc limit 1
$$;
create or replace function matters.times_done(m uuid, counted text[], again text[]) returns table (action text, times int)
  language sql stable security definer set search_path = '' as $$
  select e.action, count(*)::int from matters.entry e
  where e.matter = m and e.action = any (counted) and (m = nullif(current_setting('app.acted', true), '')::uuid or matters.may_see(m))
    and e.seq > coalesce((select max(r.seq) from matters.entry r where r.matter = m and r.action = any (again)), 0)
  group by e.action
$$;
