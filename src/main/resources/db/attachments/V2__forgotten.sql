-- Files of an erased matter go with it, unless another matter names them too.
grant delete on attachments.naming to heshi_app;
create policy forget on attachments.naming for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
drop policy throw_away on attachments.file;
create policy throw_away on attachments.file for delete to heshi_app
  using (current_setting('app.kind', true) = 'machine' and (not named or not exists (select from attachments.naming n where n.file = id)));
-- Whoever lets go of the last naming still sees the row, to delete it.
create policy touch_to_forget on attachments.file for update to heshi_app using (current_setting('app.kind', true) = 'machine') with check (not named);
create policy see_to_forget on attachments.file for select to heshi_app using (current_setting('app.kind', true) = 'machine');
