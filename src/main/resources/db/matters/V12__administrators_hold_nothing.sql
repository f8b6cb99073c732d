-- What a post holds is read by its unit without a look at the matter; a post that only administers reads none of it either.
drop policy see on matters.holding;
create policy see on matters.holding for select to heshi_app using (
  not barred and (unit = nullif(current_setting('app.unit', true), '')::uuid
                    and coalesce(current_setting('app.roles', true), '') not in ('', 'administrator') or matters.may_see(matter))
  or current_setting('app.kind', true) = 'machine');
