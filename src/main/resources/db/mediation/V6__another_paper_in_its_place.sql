-- A paper that was withdrawn, or whose words were erased, is issued anew: the file then has the new one in its place.
grant update (paper) on mediation.paper to heshi_app;
create policy replace on mediation.paper for update to heshi_app using (matters.may_see(matter) and current_setting('app.kind', true) in ('staff', 'machine'))
  with check (matters.may_see(matter) and current_setting('app.kind', true) in ('staff', 'machine'));
