-- Who watches a place reads of no hold and no opening of what is about themselves or any unit of theirs, and ends no such hold (decision 5).
drop policy see on privacy.hold;
drop policy add on privacy.hold;
drop policy finish on privacy.hold;
create policy see on privacy.hold for select to heshi_app using (privacy.watches(scope) and matters.is_about_who_acts(matter) is not true);
create policy add on privacy.hold for insert to heshi_app with check (privacy.watches(scope) and matters.is_about_who_acts(matter) is not true);
create policy finish on privacy.hold for update to heshi_app using (privacy.watches(scope) and matters.is_about_who_acts(matter) is not true);
drop policy see on privacy.opening;
create policy see on privacy.opening for select to heshi_app using (privacy.watches(scope) and matters.is_about_who_acts(matter) is not true);
