-- Each time that what is kept by place followed it: when, by which command, and under which account of the machine that was given.
create table divisions.change (
  id      bigint generated always as identity primary key,
  at      timestamptz not null,
  command text not null check (char_length(command) <= 500),
  account text not null check (char_length(account) <= 100),
  ended   int not null default 0 check (ended >= 0),
  check (command <> '' or account = '')
);
comment on table divisions.change is
  'class: staff. When places were changed and what is kept by place followed: by which command, without its data, and under which account of the machine; without one the program did it on its day.';
comment on column divisions.change.ended is 'how many codes ended by it';
alter table divisions.moved add column change bigint references divisions.change (id);
insert into divisions.change (at, command, account) select distinct at, '', '' from divisions.moved order by at;
update divisions.moved m set change = c.id from divisions.change c where c.at = m.at;
alter table divisions.moved alter column change set not null;
create index moved_of_change on divisions.moved (change, id);
create index moved_was on divisions.moved (was, change);
create index moved_now on divisions.moved (now, change);
grant select, insert on divisions.change to heshi_app;
grant select on divisions.change to heshi_follower;
alter table divisions.change enable row level security;
create policy see on divisions.change for select to heshi_app using (current_setting('app.kind', true) in ('staff', 'machine'));
create policy add on divisions.change for insert to heshi_app with check (current_setting('app.kind', true) = 'machine');
