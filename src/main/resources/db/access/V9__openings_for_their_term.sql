-- What was opened for a reason is kept for the term that the register of purposes gives such records, and not longer.
grant delete on access.opening to heshi_app;
create policy forget on access.opening for delete to heshi_app using (current_setting('app.kind', true) = 'machine');
create index opening_at on access.opening (opened_at);
