-- A program reports for somebody; the log says which program. What it reported it may follow, as the reporter reads it, and nothing else.
alter table matters.entry drop constraint entry_actor_kind_check;
alter table matters.entry add constraint entry_actor_kind_check check (actor_kind in ('staff', 'resident', 'passerby', 'machine', 'client'));

create table matters.client_matter (
  client      uuid not null references identity.api_client (id),
  matter      uuid not null references matters.matter (id),
  party       smallint not null,
  number      text collate "C" not null check (number ~ '^[0-9]{13}$'),
  reported_at timestamptz not null,
  primary key (client, matter),
  unique (client, number)
);
comment on table matters.client_matter is 'class: owned. Which program reported which matter; shown to that program alone.';
create index client_matter_matter on matters.client_matter (matter);
alter table matters.client_matter enable row level security;
-- for a program the setting of the post holds the id of the program
create policy own on matters.client_matter for all to heshi_app
  using (current_setting('app.kind', true) = 'client' and client = nullif(current_setting('app.post', true), '')::uuid)
  with check (current_setting('app.kind', true) = 'client' and client = nullif(current_setting('app.post', true), '')::uuid);
grant select, insert on matters.client_matter to heshi_app;
