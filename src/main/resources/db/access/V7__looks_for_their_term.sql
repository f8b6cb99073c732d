-- Looks are kept for the term that the register of purposes gives them, and not longer.
grant delete on access.look to heshi_app;
create policy forget on access.look for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
