-- Which paper of the register is which of the file: of the party, or of the entry, that it is about.
create table mediation.paper (
  matter uuid not null references matters.matter (id),
  kind   text collate "C" not null check (kind ~ '^[a-z][a-z0-9-]{1,39}$'),
  -- number of the party or of the entry; 0: of the case
  about  int not null check (about >= 0),
  paper  uuid not null unique references documents.paper (id),
  primary key (matter, kind, about)
);
comment on table mediation.paper is 'class: owned. Which paper of the register is which of the case''s file.';
alter table mediation.paper enable row level security;
grant select, insert on mediation.paper to heshi_app;
create policy see on mediation.paper for select to heshi_app using (matters.may_see(matter));
create policy add on mediation.paper for insert to heshi_app with check (matters.may_see(matter) and current_setting('app.kind', true) in ('staff', 'machine'));
