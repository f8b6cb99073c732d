-- Whether who acts could open this matter for a reason: it is not about them, their unit or any other unit of theirs.
create function matters.may_be_opened(m uuid) returns boolean language sql stable security definer set search_path = '' as $$
  -- what is put away is held by nobody
  select exists (select from matters.holding h where h.matter = m and not h.barred)
     and not exists (
       select from matters.barred_post b
       where b.matter = m and (b.post = nullif(current_setting('app.post', true), '')::uuid
         or b.post in (select p.post from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)))
     and not exists (
       select from matters.holding h
       where h.matter = m and h.barred and (h.unit = nullif(current_setting('app.unit', true), '')::uuid
         or h.unit in (select p.unit from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)))
$$;
-- The matter of a number in that county, if who acts could open it; what is not there and what is about them answer the same.
create function matters.openable(n text, county text) returns uuid language sql stable security definer set search_path = '' as $$
  select m.id from matters.matter m
  where m.number = n and length(county) = 6 and starts_with(m.division_code, county) and current_setting('app.kind', true) = 'staff'
    and string_to_array(current_setting('app.roles', true), ',') && array['supervisor', 'head'] and matters.may_be_opened(m.id)
$$;
revoke all on function matters.may_be_opened(uuid), matters.openable(text, text) from public;
grant execute on function matters.openable(text, text) to heshi_app;

create or replace function matters.may_see(m uuid) returns boolean language sql stable parallel safe security definer set search_path = '' as $$
  select case current_setting('app.kind', true)
    when 'staff' then
      -- whoever only administers keeps the directory and needs no matter of anybody's (Personal Information Protection Law, article 6)
      coalesce(current_setting('app.roles', true), '') not in ('', 'administrator') and
      (select coalesce(bool_or(not h.barred and (
                h.unit = nullif(current_setting('app.unit', true), '')::uuid
                or starts_with(h.division_code, nullif(current_setting('app.scope', true), ''))
                -- opened for a given reason: named by the one page that shows it, so that nobody else is asked for it
                or case when m = nullif(current_setting('app.opened', true), '')::uuid then access.is_open(m) else false end))
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

-- Under an opening no files are shown, not even their names.
drop policy see on matters.particular;
create policy see on matters.particular for select to heshi_app using (
  case class when 'contact' then matters.may_see_contact(matter, party)
             when 'file' then coalesce(current_setting('app.opened', true), '') = '' and matters.may_read(matter, audience)
             else matters.may_read(matter, audience) end);
