-- Word that somebody opened a matter for a given reason: to auditors and to the reporter. It is written in the opening's own transaction, by the program.
do $$
declare c text;
begin
  for c in select conname from pg_constraint where conrelid = 'notices.notice'::regclass and contype = 'c'
      and pg_get_constraintdef(oid) like '%limit-%' loop
    execute format('alter table notices.notice drop constraint %I', c);
  end loop;
end $$;
-- a word of its own beside that of an entry: one for each time
alter table notices.notice add constraint notice_of_its_own check ((clock <> '') = (starts_with(event, 'limit-') or event = 'opened'));
grant insert on notices.notice, notices.mail to heshi_app;
create policy tell on notices.notice for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
