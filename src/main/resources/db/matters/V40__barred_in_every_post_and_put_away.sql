-- Whether a matter is about who acts, their unit or any other unit or post of theirs, also while nobody holds it. Other rooms' policies call this.
create function matters.is_about_who_acts(m uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select current_setting('app.kind', true) = 'staff' and (exists (
       select from matters.barred_post b
       where b.matter = m and (b.post = nullif(current_setting('app.post', true), '')::uuid
         or b.post in (select p.post from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p)))
     or exists (
       select from matters.holding h
       where h.matter = m and h.barred and (h.unit = nullif(current_setting('app.unit', true), '')::uuid
         or h.unit in (select p.unit from directory.posts_of_person(nullif(current_setting('app.person', true), '')::uuid) p))))
$$;
comment on function matters.is_about_who_acts is 'Whether the matter is about who acts in any of their posts, so that they learn nothing of it (decision 5).';
revoke all on function matters.is_about_who_acts(uuid) from public;
grant execute on function matters.is_about_who_acts(uuid) to heshi_app;
