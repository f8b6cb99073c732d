-- What is told of grows with the procedures; that every event has its words in both languages is a test's to see.
do $$
declare c text;
begin
  for c in select conname from pg_constraint where conrelid = 'notices.notice'::regclass and contype = 'c'
      and pg_get_constraintdef(oid) like '%reopened%' loop
    execute format('alter table notices.notice drop constraint %I', c);
  end loop;
end $$;
alter table notices.notice add constraint notice_event_name check (event ~ '^[a-z][a-z-]{0,39}$');
