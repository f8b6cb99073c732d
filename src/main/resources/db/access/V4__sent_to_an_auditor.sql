-- When a look was written, so that looks can be sent on in an order in which none turns up behind one that was sent. Looks from before have none.
alter table access.look add column noted_at timestamptz;
alter table access.look alter column noted_at set default now();
create index look_noted on access.look (noted_at) where noted_at is not null;

-- How far each trail was sent to the auditor's server.
create table access.audit_place (
  trail text collate "C" primary key check (trail ~ '^[a-z-]{2,32}$'),
  place timestamptz not null
);
comment on table access.audit_place is 'class: staff. How far each kind of audit record was sent to the syslog server; read by the program itself only.';
alter table access.audit_place enable row level security;
grant select, insert, update on access.audit_place to heshi_app;
create policy program on access.audit_place for all to heshi_app
  using (current_setting('app.kind', true) = 'machine') with check (current_setting('app.kind', true) = 'machine');
