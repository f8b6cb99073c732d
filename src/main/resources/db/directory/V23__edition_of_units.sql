-- Units change seldom and every action asks for one: who keeps them in memory asks for this number first.
-- It is drawn from a sequence: a number that was taken back with its transaction is never another change's.
create sequence directory.unit_edition_number;
create table directory.unit_edition (
  one    boolean primary key default true check (one),
  number bigint not null default nextval('directory.unit_edition_number')
);
comment on table directory.unit_edition is 'class: public. Grows with every change of a unit, in the transaction of the change.';
insert into directory.unit_edition default values;
grant select on directory.unit_edition to heshi_app, heshi_follower;

create function directory.next_unit_edition() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update directory.unit_edition set number = nextval('directory.unit_edition_number');
  return null;
end $$;
revoke all on function directory.next_unit_edition() from public;
create trigger unit_changed after insert or update or delete on directory.unit
  for each statement execute function directory.next_unit_edition();
