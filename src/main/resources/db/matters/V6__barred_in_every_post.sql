-- Who has a post in a unit that the matter is about sees it in no other post either (decision 5). The directory is asked only where
-- something is barred.
create or replace function matters.may_see(m uuid) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then
      (select coalesce(bool_or(not h.barred and (
                h.unit = nullif(current_setting('app.unit', true), '')::uuid
                or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))))
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

-- What a part of the matter must bar as well, although who splits it off may not read it.
create function matters.barred_posts(m uuid) returns uuid[] language sql stable security definer set search_path = '' as $$
  select coalesce(array_agg(post), '{}') from matters.barred_post where matter = m
$$;
revoke all on function matters.barred_posts(uuid) from public;
grant execute on function matters.barred_posts(uuid) to heshi_app;
