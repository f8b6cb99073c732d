-- Notices and the list of mails are kept for the terms that the register of purposes gives them.
grant delete on notices.notice, notices.mail to heshi_app;
create policy forget on notices.notice for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
create policy old on notices.notice for select to heshi_app using (current_setting('app.kind', true) = 'machine');
