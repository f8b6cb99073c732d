-- Whoever asks by the time of the last change alone must hear also of an answer that went.
create table bill.changed (
  one boolean primary key default true check (one),
  at  timestamptz not null
);
comment on table bill.changed is 'class: public. When an answer was last published or taken back.';
insert into bill.changed (at) values (now());
alter table bill.changed enable row level security;
grant select, update on bill.changed to heshi_app;
create policy see on bill.changed for select to heshi_app using (true);
create policy note on bill.changed for update to heshi_app using (bill.is_machine()) with check (bill.is_machine());

create function bill.answers_changed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update bill.changed set at = greatest(clock_timestamp(), at + interval '1 millisecond');
  return null;
end $$;
revoke all on function bill.answers_changed() from public;
create trigger noted_when_changed after insert or delete on bill.published_answer for each statement execute function bill.answers_changed();
