-- The tree changes seldom and is read with every form: who keeps it in memory asks for this number first.
create table directory.category_edition (
  one    boolean primary key default true check (one),
  number bigint not null default 1
);
comment on table directory.category_edition is 'class: public. Grows with every change of the category tree, in the transaction of the change.';
insert into directory.category_edition default values;
grant select on directory.category_edition to heshi_app, heshi_follower;

create function directory.next_category_edition() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update directory.category_edition set number = number + 1;
  return null;
end $$;
revoke all on function directory.next_category_edition() from public;
create trigger category_changed after insert or update or delete on directory.category
  for each statement execute function directory.next_category_edition();
