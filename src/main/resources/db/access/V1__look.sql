grant usage on schema access to heshi_app;

-- Who opened which matter (decision 10): one row for each person, matter and hour. No foreign key to the matter: that room is made later.
create table access.look (
  person uuid not null,
  matter uuid not null,
  hour   timestamptz not null check (hour = date_trunc('hour', hour, 'UTC')),
  post   uuid not null,
  unit   uuid not null,
  primary key (person, matter, hour)
);
comment on table access.look is 'class: owned. Who opened which matter in which hour; never changed.';
create index look_matter on access.look (matter, hour);

alter table access.look enable row level security;
grant select, insert on access.look to heshi_app;

-- Nobody writes another's look; auditors read them all.
create policy add on access.look for insert to heshi_app with check (
  current_setting('app.kind', true) = 'staff'
  and person = nullif(current_setting('app.person', true), '')::uuid
  and post = nullif(current_setting('app.post', true), '')::uuid
  and unit = nullif(current_setting('app.unit', true), '')::uuid);
create policy audit on access.look for select to heshi_app using (
  current_setting('app.kind', true) = 'machine'
  or current_setting('app.kind', true) = 'staff' and 'auditor' = any (string_to_array(current_setting('app.roles', true), ',')));
