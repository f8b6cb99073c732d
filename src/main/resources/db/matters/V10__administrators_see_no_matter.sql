-- Least data: a post that only administers sees no matter, whatever unit it stands in.
create or replace function matters.may_see(m uuid) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then
      -- whoever only administers keeps the directory and needs no matter of anybody's (Personal Information Protection Law, article 6)
      coalesce(current_setting('app.roles', true), '') not in ('', 'administrator') and
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
